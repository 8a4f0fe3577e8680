import { CloudError } from '../../clouds/CloudError';
import { FenceLostError } from '../../organizations/FenceLostError';
import { backoff } from '../ProvisioningPace';
import { endSentence } from '../../wording/endSentence';
import { StepContext, StepOutcome } from './StepExecutor';
import { StepFailedError } from './StepFailedError';
import { StepWaitError } from './StepWaitError';

/** So many errors of our own are for a person to look at. */
const OWN_ERRORS = 10;
/**
 * So often, over some minutes, something that giving access needs may be missing:
 * clouds show their own writes late, but not as late as that.
 */
const NOT_FOUND = 12;

/**
 * What an error means for the step.
 *
 * @throws FenceLostError as it came: the step is not ours to judge any more
 */
export function classifyFailure(
  error: unknown,
  { pace, step }: Pick<StepContext, 'pace' | 'step'>,
): StepOutcome {
  if (error instanceof StepWaitError) {
    return {
      kind: 'waiting',
      detail: error.message,
      retryInMs: error.retryInMs,
      ...(error.isForOperators && { isForOperators: true }),
      ...(error.cloudMessage && { cloudMessage: error.cloudMessage }),
    };
  }
  if (error instanceof StepFailedError) {
    return { kind: 'failed', detail: error.message };
  }
  if (error instanceof CloudError) {
    const cloudMessage = `${error.operation}: ${error.code}: ${error.cloudMessage}`;
    if (error.kind === 'permanent') {
      return { kind: 'failed', detail: error.message, cloudMessage };
    }
    const isRefused = error.kind === 'credentials';
    const isMissing = error.kind === 'notFound' && step.phase === 'grant';
    const missed = countOf(step, 'notFound');
    if (isMissing && missed > NOT_FOUND) {
      return {
        kind: 'failed',
        detail: `${endSentence(
          error.message,
        )} Something that it needs has been taken away since the approval.`,
        cloudMessage,
      };
    }
    return {
      kind: 'waiting',
      ...(isMissing && { result: { ...step.result, notFound: missed } }),
      // What is not there yet may come: clouds show their own writes late.
      detail: `${endSentence(error.message)} ${
        isRefused
          ? 'It goes on by itself when whoever runs the portal has put the credentials right.'
          : 'Tried again by itself.'
      }`,
      cloudMessage,
      ...(isRefused && { isForOperators: true }),
      retryInMs: Math.max(
        error.retryAfterMs ?? 0,
        backoff(pace, step.attempts),
      ),
    };
  }
  if (error instanceof FenceLostError) throw error;
  // A defect, or the database: nothing may be stuck without anybody seeing it.
  const cloudMessage = `This product: ${error}`;
  const ownErrors = countOf(step, 'ownErrors');
  return ownErrors < OWN_ERRORS
    ? {
        kind: 'waiting',
        detail:
          'Something went wrong inside this product. Tried again by itself.',
        retryInMs: backoff(pace, ownErrors),
        cloudMessage,
        result: { ...step.result, ownErrors },
      }
    : {
        kind: 'failed',
        detail: 'Something goes wrong inside this product again and again',
        cloudMessage,
      };
}

/**
 * The how manieth time it is. Kept with the step: its attempts count looks that
 * went well, too.
 */
function countOf(
  { result }: Pick<StepContext['step'], 'result'>,
  trouble: 'notFound' | 'ownErrors',
): number {
  return Number(result?.[trouble] ?? 0) + 1;
}

import { CloudError } from '../clouds/CloudError';
import { backoff } from './ProvisioningPace';
import { StepContext, StepOutcome } from './StepExecutor';
import { StepFailedError } from './StepFailedError';
import { StepWaitError } from './StepWaitError';

/**
 * What an error means for the step. Errors that are no statement about the step
 * (a lost fence, the database, a defect) are thrown on.
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
    };
  }
  if (error instanceof StepFailedError) {
    return { kind: 'failed', detail: error.message };
  }
  if (error instanceof CloudError) {
    if (error.kind === 'permanent') {
      return {
        kind: 'failed',
        detail: error.message,
        cloudMessage: `${error.operation}: ${error.code}: ${error.cloudMessage}`,
      };
    }
    // What is not there yet may come: clouds show their own writes late.
    return {
      kind: 'waiting',
      detail: `${error.message}. Tried again by itself.`,
      retryInMs: Math.max(
        error.retryAfterMs ?? 0,
        backoff(pace, step.attempts),
      ),
    };
  }
  throw error;
}

import { CloudError } from '../../clouds/CloudError';
import { concludeIntents } from './concludeIntents';
import { StepContext } from './StepExecutor';
import { writeEffect } from './writeEffect';

/**
 * Concludes writes that certainly were not carried out: a cloud refused them, or
 * the gate did. Left open, each would prove one day that this product made what
 * somebody else made by hand meanwhile (security rule 20). An intent of which an
 * attempt before had no answer is left open: that one may still show up. What the same
 * attempt would have sent after the refused one never left either.
 *
 * @param intentId - of the refused write
 * @throws FenceLostError when the work is not the caller's any more
 */
export async function concludeRefused(
  context: StepContext,
  intentId: string,
): Promise<void> {
  const { stores, step } = context;
  const intents = await stores.provisioning.intents.listOfStep(step.id);
  await concludeIntents(
    context,
    intents
      .filter(
        ({ id, state, attempt, operation, result }) =>
          state === 'intended' &&
          attempt === 1 &&
          (id === intentId ||
            (result === null && writeEffect(operation) === 'creates')),
      )
      .map(intent => ({ intent, state: 'abandoned' as const })),
  );
}

/**
 * Whether the cloud itself said no, to the write or to whoever asks, or nothing was
 * sent for want of credentials. An answer that could not be read is lost.
 */
export function isDefiniteRefusal(error: unknown): boolean {
  if (!(error instanceof CloudError)) return false;
  if (error.kind === 'credentials') return true;
  if (error.kind !== 'permanent') return false;
  if (error.cause === undefined) return true;
  const { $metadata } = error.cause as {
    $metadata?: { httpStatusCode?: number };
  };
  const status = $metadata?.httpStatusCode ?? 0;
  return status >= 400 && status < 500;
}

const THROTTLED = [
  'ThrottlingException',
  'TooManyRequestsException',
  'TooManyRequests',
  '429',
];

/** Whether the call was one too many: nothing was done, and it is sent again. */
export function isThrottled(error: unknown): boolean {
  return (
    error instanceof CloudError &&
    error.kind === 'retryLater' &&
    THROTTLED.includes(error.code)
  );
}

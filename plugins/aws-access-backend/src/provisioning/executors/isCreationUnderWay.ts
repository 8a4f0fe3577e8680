import { StepContext } from '../running/StepExecutor';
import { writeEffect } from '../running/writeEffect';

/**
 * Whether a creation of unknown outcome was sent so short ago that the cloud may
 * show it only after somebody has looked: a worker may have died, or lost its
 * claim, right after it had sent it.
 */
export async function isCreationUnderWay(
  { stores, step, pace }: Pick<StepContext, 'stores' | 'step' | 'pace'>,
  objectKey: string,
): Promise<boolean> {
  const history = await stores.provisioning.intents.listOfObject(
    step.organizationId,
    objectKey,
  );
  const now = Date.parse(await stores.now());
  return history.some(
    intent =>
      writeEffect(intent.operation) === 'creates' &&
      intent.state === 'intended' &&
      now - Date.parse(intent.intendedAt) < pace.settleMs,
  );
}

import { StepContext } from '../running/StepExecutor';
import { writeEffect } from '../running/writeEffect';

/**
 * Whether the object was made, or may have been made, so short ago that the cloud
 * may show it only after somebody has looked: clouds answer some reads as they
 * were a while ago, also after they have shown it once, and a worker may have died,
 * or lost its claim, right after it had sent the creation. A removal that was seen
 * since settles what was seen before it.
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
  const goneSince = Math.max(
    0,
    ...history
      .filter(
        ({ operation, state }) =>
          writeEffect(operation) === 'removes' && state === 'confirmed',
      )
      .map(({ intendedAt }) => Date.parse(intendedAt)),
  );
  return history.some(({ operation, state, intendedAt }) => {
    const sentAt = Date.parse(intendedAt);
    return (
      writeEffect(operation) === 'creates' &&
      now - sentAt < pace.settleMs &&
      (state === 'intended' || (state === 'confirmed' && sentAt > goneSince))
    );
  });
}

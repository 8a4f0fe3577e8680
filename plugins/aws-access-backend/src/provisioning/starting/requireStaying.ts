import { Stores } from '../../database/Stores';
import { LeaseObject, leaseObjectKey } from '../../leases/LeaseStore';
import { IntendedWrite } from '../running/recordIntents';
import { StepContext } from '../running/StepExecutor';
import { StepWaitError } from '../running/StepWaitError';
import { writeEffect } from '../running/writeEffect';

/**
 * What is being taken away at this moment is no ground for a lease, although the
 * clouds still show it, and is not made again before it is gone.
 *
 * @throws StepWaitError until the removal has been seen
 */
export async function requireStaying(
  stores: Stores,
  { claim, pace, step }: StepContext,
  { writes, leases = [] }: { writes: IntendedWrite[]; leases?: LeaseObject[] },
): Promise<void> {
  if (step.phase === 'removal') return;
  const keys = [
    ...writes
      .filter(({ write }) => writeEffect(write.operation) !== 'removes')
      .map(({ objectKey }) => objectKey),
    ...leases.map(leaseObjectKey),
  ];
  const histories = await stores.provisioning.intents.listOfObjects(
    claim.organizationId,
    [...new Set(keys)],
  );
  const goes = [...histories.values()]
    .flat()
    .some(
      intent =>
        intent.stepId !== step.id &&
        intent.state === 'intended' &&
        writeEffect(intent.operation) === 'removes',
    );
  if (goes) {
    throw new StepWaitError(
      'Another request is taking this away at the moment',
      pace.operationMs,
    );
  }
}

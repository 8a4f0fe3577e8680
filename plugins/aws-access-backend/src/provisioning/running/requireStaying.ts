import { Stores } from '../../database/Stores';
import { LeaseObject, leaseObjectKey } from '../../leases/LeaseStore';
import { IntendedWrite } from './recordIntents';
import { StepContext } from './StepExecutor';
import { StepWaitError } from './StepWaitError';
import { findRemovals } from './findRemovals';
import { writeEffect } from './writeEffect';

/**
 * What is being taken away at this moment, or was a moment ago, is no ground for a
 * lease, although the clouds still show it, and is not made again before it is gone.
 *
 * @throws StepWaitError until the removal has been seen
 */
export async function requireStaying(
  stores: Stores,
  { claim, pace, step }: StepContext,
  { writes, leases = [] }: { writes: IntendedWrite[]; leases?: LeaseObject[] },
): Promise<void> {
  if (step.phase === 'removal') return;
  const written = writes
    .filter(({ write }) => writeEffect(write.operation) !== 'removes')
    .map(({ objectKey }) => objectKey);
  const seen = leases
    .map(leaseObjectKey)
    .filter(objectKey => !written.includes(objectKey));
  const now = Date.parse(await stores.now());
  const removals = [
    ...(await findRemovals(stores, claim.organizationId, written)),
    ...(await findRemovals(stores, claim.organizationId, seen, {
      orDoneSince: new Date(now - pace.settleMs).toISOString(),
    })),
  ];
  if (removals.some(({ stepId }) => stepId !== step.id)) {
    throw new StepWaitError(
      'Another request is taking this away at the moment',
      pace.operationMs,
    );
  }
}

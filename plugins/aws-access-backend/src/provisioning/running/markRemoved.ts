import { Stores } from '../../database/Stores';
import { StepContext } from './StepExecutor';
import { isApprovedRemoval } from './whyLeft';

/**
 * Records that objects are gone, with an audit row: for the request, and for those
 * from which its approved removal took them.
 *
 * @throws FenceLostError when the work is not the caller's any more
 */
export async function markRemoved(
  context: StepContext,
  objectKeys: string[],
): Promise<void> {
  if (objectKeys.length === 0) return;
  await context.stores.transaction(async stores => {
    await stores.organizations.fence(context.claim);
    await markRemovedIn(stores, context, objectKeys);
  });
}

/** The same, in the caller's transaction. */
export async function markRemovedIn(
  stores: Stores,
  { step }: Pick<StepContext, 'step'>,
  objectKeys: string[],
): Promise<void> {
  const removed = new Map<string, string[]>();
  const add = (requestId: string, objectKey: string) =>
    removed.set(requestId, [...(removed.get(requestId) ?? []), objectKey]);
  for (const objectKey of objectKeys) {
    if (await stores.leases.markRemoved(step.requestId, objectKey)) {
      add(step.requestId, objectKey);
    }
    if (!isApprovedRemoval({ step })) continue;
    const taken = await stores.leases.markTakenRemoved(
      step.requestId,
      objectKey,
    );
    taken.forEach(lease => add(lease.requestId, lease.objectKey));
  }
  for (const [requestId, objects] of removed) {
    await stores.audit.append({
      organizationId: step.organizationId,
      kind: 'lease.removed',
      actor: null,
      requestId,
      data: { objects, stepId: step.id },
    });
  }
}

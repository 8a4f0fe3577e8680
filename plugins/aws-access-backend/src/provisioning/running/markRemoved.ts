import { Stores } from '../../database/Stores';
import { StepContext } from './StepExecutor';

/**
 * Records that objects are gone for the request, with an audit row.
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
  const removed: string[] = [];
  for (const objectKey of objectKeys) {
    if (await stores.leases.markRemoved(step.requestId, objectKey)) {
      removed.push(objectKey);
    }
  }
  if (removed.length === 0) return;
  await stores.audit.append({
    organizationId: step.organizationId,
    kind: 'lease.removed',
    actor: null,
    requestId: step.requestId,
    data: { objects: removed, stepId: step.id },
  });
}

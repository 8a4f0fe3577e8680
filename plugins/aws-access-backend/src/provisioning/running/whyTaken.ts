import { StepContext } from './StepExecutor';

/**
 * That the approved removal of another request takes the object from this one, in
 * words; undefined = none does. What is not there any more was verified by that
 * request.
 *
 * @param leaving.name - for people: "ReadOnly in data-prod"
 */
export async function whyTaken(
  { stores, step }: Pick<StepContext, 'stores' | 'step'>,
  leaving: { objectKey: string; name: string },
): Promise<string | undefined> {
  const { objectKey, name } = leaving;
  const lease = await stores.leases.find(step.requestId, objectKey);
  if (!lease?.takenByRequestId) return undefined;
  const taker = await stores.requests.get(lease.takenByRequestId);
  return lease.removedAt
    ? `${name} was taken away by request ${taker?.number}, as it was approved`
    : `${name} is left to request ${taker?.number}, which takes it away as it was approved`;
}

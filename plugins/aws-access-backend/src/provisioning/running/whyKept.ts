import { Stores } from '../../database/Stores';
import { provesOurs } from './writeEffect';

/**
 * Why a removal leaves an object alone; undefined = it may be removed. Access
 * goes when the last reason for it ends, and only if this product made it
 * (security rules 19 and 25).
 */
export async function whyKept(
  stores: Stores,
  of: { organizationId: string; requestId: string; objectKey: string },
): Promise<string | undefined> {
  const holders = await stores.leases.listOtherHolders(
    of.organizationId,
    of.objectKey,
    of.requestId,
  );
  if (holders.length > 0) {
    const request = await stores.requests.get(holders[0].requestId);
    return `kept, because request ${request?.number} still needs it`;
  }
  const intents = await stores.provisioning.intents.listOfObject(
    of.organizationId,
    of.objectKey,
  );
  return provesOurs(intents)
    ? undefined
    : 'left alone, because it was not made by this product';
}

import { Stores } from '../database/Stores';
import { PhasedIntent } from './IntentStore';

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

/**
 * Whether the recorded intents prove that this product made the object that is
 * there now, whichever request did: the last word is a creation where nothing
 * was before, or a removal whose outcome is unknown.
 */
export function provesOurs(intents: PhasedIntent[]): boolean {
  const last = intents.filter(intent => intent.state !== 'abandoned').pop();
  if (!last) return false;
  return last.phase === 'grant'
    ? last.before === null
    : last.state === 'intended';
}

import { Stores } from '../database/Stores';
import { RequestRow } from '../requests/RequestStore';

/**
 * Puts the follow-up of a request down to be started, in the transaction that
 * makes its access usable: neither is there without the other.
 */
export async function queueFollowUp(
  stores: Pick<Stores, 'requests' | 'followUps'>,
  { id, state, planVersion }: RequestRow,
): Promise<void> {
  if (state !== 'active') return;
  const { plan } = await stores.requests.getPlan(id, planVersion);
  if (plan.followUp) await stores.followUps.queue(id);
}

import { RequestState } from 'backstage-plugin-aws-access-common';
import { Stores } from '../database/Stores';
import { RequestRow } from '../requests/stores/RequestStore';

/**
 * Puts the follow-up of a request down to be started, in the transaction that
 * makes its access usable, or its removal done: neither is there without the other.
 */
export async function queueFollowUp(
  stores: Pick<Stores, 'requests' | 'followUps'>,
  { id, state, planVersion }: RequestRow,
  from: RequestState,
): Promise<void> {
  // What leaves nothing to hold is done at once.
  const isDone =
    state === 'ended' && (from === 'provisioning' || from === 'propagating');
  if (state !== 'active' && !isDone) return;
  const { plan } = await stores.requests.getPlan(id, planVersion);
  if (plan.followUp) await stores.followUps.queue(id);
}

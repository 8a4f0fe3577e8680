import {
  HOLDING_REQUEST_STATES,
  RequestState,
} from 'backstage-plugin-aws-access-common';
import { Stores } from '../database/Stores';
import { RequestRow } from '../requests/stores/RequestStore';

const FINISHED = ['done', 'skipped'];

/**
 * Undoes a state that was written past this product and hides access from its end
 * (security rule 24), in the caller's transaction, with the request locked. This
 * product ends all leases of a request in the transaction that lets it end, and
 * lets it be ended only when all steps of the way back are finished.
 *
 * @returns the request, in a state that access can be ended in; undefined when it
 *   has nothing to end, or goes on ending by itself
 */
export async function restoreHiddenState(
  stores: Stores,
  request: RequestRow,
): Promise<RequestRow | undefined> {
  const leases = await stores.leases.listOfRequest(request.id);
  const isLive = leases.some(lease => lease.endedAt === null);
  const steps = await stores.provisioning.steps.listOfRequest(request.id);
  const wayBack = steps.filter(step => step.phase === 'removal');
  if (wayBack.length > 0) {
    if (isLive) await stores.leases.endOfRequest(request.id);
    const isGone = wayBack.every(step => FINISHED.includes(step.state));
    if (!isGone && request.state !== 'ending' && request.state !== 'stuck') {
      await restore(stores, request, 'ending');
    }
    return undefined;
  }
  if (HOLDING_REQUEST_STATES.includes(request.state)) return request;
  return isLive ? restore(stores, request, 'active') : undefined;
}

/** Past the table of transitions: the state it leaves was never reached by it. */
async function restore(
  stores: Stores,
  request: RequestRow,
  to: RequestState,
): Promise<RequestRow> {
  const restored = await stores.requests.transition(request, to);
  await stores.requests.appendTimeline({
    requestId: request.id,
    kind: 'stateChanged',
    actorRef: null,
    text: `The record said that this request is ${request.state}, which was not written by this product: it still gives access`,
  });
  await stores.audit.append({
    organizationId: request.organizationId,
    kind: 'request.stateChanged',
    actor: null,
    requestId: request.id,
    data: { from: request.state, to, forged: true },
  });
  return restored;
}

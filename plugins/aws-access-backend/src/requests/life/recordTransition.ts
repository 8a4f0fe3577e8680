import { ConflictError } from '@backstage/errors';
import {
  isRequestTransition,
  RequestState,
  TimelineEventKind,
} from 'backstage-plugin-aws-access-common';
import { tellOfTransition } from '../../awareness/tellOfTransition';
import { Stores } from '../../database/Stores';
import { queueFollowUp } from '../../followUps/queueFollowUp';
import { RequestPatch, RequestRow } from '../stores/RequestStore';

/** A change of a request's state, and what is said about it. */
export interface RequestTransition {
  request: RequestRow;
  to: RequestState;
  /** Null: the product itself. */
  actorRef: string | null;
  event: { kind: TimelineEventKind; text: string };
  /** Refs, ids and digests only: never what a person typed (security rule 30). */
  auditData?: Record<string, unknown>;
  patch?: RequestPatch;
}

/**
 * The only way a request changes its state: guarded row, timeline event, what
 * the world hears, and audit row in the caller's transaction.
 *
 * @throws ConflictError when the request is not as the caller saw it any more
 */
export async function recordTransition(
  stores: Stores,
  transition: RequestTransition,
): Promise<RequestRow> {
  const { request, to, actorRef, event } = transition;
  if (!isRequestTransition(request.state, to)) {
    throw new ConflictError(
      `Request ${request.number} is ${request.state}; it cannot become ${to}`,
    );
  }
  const changed = await stores.requests.transition(
    request,
    to,
    transition.patch,
  );
  await stores.requests.appendTimeline({
    requestId: request.id,
    kind: event.kind,
    actorRef,
    text: event.text,
  });
  await queueFollowUp(stores, changed, request.state);
  await tellOfTransition(stores, changed, {
    from: request.state,
    what: event.kind,
    actorRef,
    planVersionBefore: request.planVersion,
  });
  await stores.audit.append({
    organizationId: request.organizationId,
    kind: `request.${event.kind}`,
    actor: actorRef,
    requestId: request.id,
    data: {
      from: request.state,
      to,
      planVersion: changed.planVersion,
      planDigest: changed.planDigest,
      ...transition.auditData,
    },
  });
  return changed;
}

import { ConflictError } from '@backstage/errors';
import { Stores } from '../../database/Stores';
import { PlanResult } from '../../planning/RequestPlanner';
import { createdNames } from '../../provisioning/starting/footprintOf';
import { recordTransition } from './recordTransition';
import { RequestRow } from '../stores/RequestStore';

/**
 * Sends an approved request back to its approvers, in the caller's transaction,
 * because what would happen now goes beyond what they saw. The new plan is a new
 * version, and decisions count anew. What cannot be planned any more lapses, and
 * what today's policy denies is denied.
 *
 * @param options.because - plain sentences for people
 * @throws ConflictError when somebody was quicker
 */
export async function returnToPending(
  stores: Stores,
  options: { request: RequestRow; planResult: PlanResult; because: string[] },
): Promise<RequestRow> {
  const { request, planResult } = options;
  const because = options.because.join(' ');
  await demandUnchanged(stores, request);
  const { plan, digest, policy, problems } = planResult;
  if (!plan || !digest || !policy || problems.length > 0) {
    await stores.provisioning.footprints.releaseNames(request.id);
    const text = `Lapsed: it cannot be carried out any more. ${because}`;
    return recordTransition(stores, {
      request,
      to: 'lapsed',
      actorRef: null,
      event: { kind: 'lapsed', text },
      patch: { stateReason: text },
    });
  }

  const asked = await stores.requests.listAsked(
    request.id,
    request.planVersion,
  );
  const version = request.planVersion + 1;
  const computedAt = await stores.now();
  await stores.requests.insertPlan({
    requestId: request.id,
    version,
    digest,
    plan,
    policy,
    computedAt,
  });
  await stores.requests.insertAsked(request.id, version, asked);
  // Who else is to decide is found out by the keeper, who may ask the catalog.
  await stores.requests.setAlternatesAt(request.id, version, computedAt);
  await stores.provisioning.footprints.reserveNames(
    request.organizationId,
    request.id,
    createdNames(plan),
  );
  const pending = await recordTransition(stores, {
    request,
    to: 'pending',
    actorRef: null,
    event: {
      kind: 'returnedToPending',
      text: `The world has moved since the approval, so the new plan needs decisions. ${because}`,
    },
    patch: {
      planVersion: version,
      planDigest: digest,
      approvedAt: null,
      stateReason: because,
    },
  });
  if (policy.denials.length > 0) {
    return recordTransition(stores, {
      request: pending,
      to: 'denied',
      actorRef: null,
      event: {
        kind: 'denied',
        text: `Denied by the policy: ${policy.denials.join(' ')}`,
      },
      patch: { stateReason: policy.denials.join(' ') },
    });
  }
  if (policy.autoApproved) {
    return recordTransition(stores, {
      request: pending,
      to: 'approved',
      actorRef: null,
      event: { kind: 'approved', text: 'The policy approves the new plan.' },
      patch: { approvedAt: await stores.now() },
    });
  }
  return pending;
}

/** Otherwise two of them would write the same version of a plan. */
async function demandUnchanged(
  stores: Stores,
  request: RequestRow,
): Promise<void> {
  await stores.provisioning.lockRequest(request.id);
  const now = await stores.requests.get(request.id);
  if (now?.version !== request.version) {
    throw new ConflictError(`Request ${request.number} has changed meanwhile`);
  }
}

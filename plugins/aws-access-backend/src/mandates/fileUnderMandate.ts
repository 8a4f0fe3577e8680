import { Change } from 'backstage-plugin-aws-access-common';
import { randomUUID } from 'node:crypto';
import { announce } from '../awareness/announce';
import { Stores } from '../database/Stores';
import { digestOf } from '../digest/digestOf';
import { PlanResult } from '../planning/RequestPlanner';
import { requestTitle } from '../planning/words/requestTitle';
import { PRODUCT_ACTOR } from '../requests/productActor';
import { RequestRow } from '../requests/stores/RequestStore';
import { MandateRow } from './MandateStore';

/**
 * Files what a mandate asks for, in the caller's transaction: a request of its
 * owner, marked as filed by this product. Taken in, it is approved by the mandate
 * and starts under it; otherwise people decide on it like on any other.
 */
export async function fileUnderMandate(
  stores: Stores,
  filing: {
    mandate: MandateRow;
    parent: RequestRow;
    ownerName: string;
    /** Account id, or Entra object id. */
    subject: string;
    verdict: 'takenIn' | 'asked';
    reason: string;
    changes: Change[];
    planned: PlanResult;
  },
): Promise<RequestRow> {
  const { mandate, parent, subject, verdict, reason, changes } = filing;
  const { plan, digest, policy } = filing.planned;
  const id = randomUUID();
  const now = await stores.now();
  const isApproved = verdict === 'takenIn' || policy!.autoApproved;
  const state = isApproved ? 'approved' : 'pending';
  const row = await stores.requests.insert(
    {
      id,
      organizationId: parent.organizationId,
      state,
      stateReason: null,
      planVersion: 1,
      planDigest: digest!,
      requesterRef: parent.requesterRef,
      requesterPersonId: parent.requesterPersonId,
      actor: PRODUCT_ACTOR,
      teamRef: parent.teamRef,
      title: requestTitle(plan!, {
        entraUserId: parent.requesterPersonId,
        displayName: filing.ownerName,
      }),
      justification: `Request ${parent.number} keeps this true. ${reason}`,
      ticket: parent.ticket,
      duration: parent.duration,
      changes,
      copyOf: null,
      idempotencyKey: `mandate:${mandate.id}:${id}`,
      bodyDigest: digestOf(changes),
      createdAt: now,
      approvedAt: state === 'approved' ? now : null,
      startsAt: null,
      endsAt: null,
    },
    {
      version: 1,
      digest: digest!,
      plan: plan!,
      policy: policy!,
      computedAt: now,
    },
  );
  const say = (kind: 'filed' | 'approved', text: string) =>
    stores.requests.appendTimeline({
      requestId: id,
      kind,
      actorRef: null,
      text,
    });
  await say(
    'filed',
    `Filed by this product, because request ${parent.number} keeps it true. ${reason}`,
  );
  if (state === 'approved') {
    await say(
      'approved',
      verdict === 'takenIn'
        ? `Within what request ${parent.number} was approved for.`
        : 'The policy approves it without asking anybody.',
    );
  } else {
    // Who is to decide is found out by the keeper of requests, who may ask the
    // catalog.
    await stores.requests.setAlternatesAt(id, 1, now);
  }
  await stores.mandates.putEntry({
    mandateId: mandate.id,
    subject,
    verdict,
    reason,
    requestId: id,
  });
  await stores.requests.appendTimeline({
    requestId: parent.id,
    kind: 'stateChanged',
    actorRef: null,
    text: `${reason} Request ${row.number} ${
      verdict === 'takenIn' ? 'takes it in' : 'asks people to decide'
    }.`,
  });
  await announce(stores, row, { what: 'filed', from: null, actorRef: null });
  await stores.audit.append({
    organizationId: row.organizationId,
    kind: verdict === 'takenIn' ? 'mandate.used' : 'mandate.asked',
    actor: null,
    requestId: id,
    data: {
      mandateId: mandate.id,
      ofRequestId: parent.id,
      subject,
      to: state,
      through: PRODUCT_ACTOR,
      planDigest: row.planDigest,
      rulesDigest: policy!.rulesDigest,
      stages: policy!.stages.map(stage => ({
        id: stage.id,
        count: stage.count,
      })),
    },
  });
  return row;
}

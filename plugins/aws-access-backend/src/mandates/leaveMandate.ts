import { Plan } from 'backstage-plugin-aws-access-common';
import { Stores } from '../database/Stores';
import { endAccess } from '../leases/endAccess';
import { LeaseObject } from '../leases/LeaseStore';
import { splitOff } from '../leases/splitOff';
import { recordTransition } from '../requests/life/recordTransition';
import { RequestRow } from '../requests/stores/RequestStore';
import { MandateEntry, MandateRow } from './MandateStore';

/** Something that a mandate does not keep true any more. */
export interface Leaving {
  mandate: MandateRow;
  parent: RequestRow;
  entry: MandateEntry;
  /** Why, in one plain sentence. */
  reason: string;
  /** Whether an object of the parent's leases is what leaves. */
  concerns: (object: LeaseObject) => boolean;
}

/**
 * Takes away what left a scope or a team, in the caller's transaction. What was
 * filed for it ends. What the approved request itself gave is handed over to a
 * request of its own, which ends at once.
 */
export async function leaveMandate(
  stores: Stores,
  leaving: Leaving,
): Promise<void> {
  const { mandate, entry, parent, reason } = leaving;
  const endedId = entry.requestId
    ? await endFiled(stores, entry.requestId, reason)
    : await handOver(stores, leaving);
  await stores.mandates.putEntry({
    ...entry,
    verdict: 'left',
    reason,
    requestId: endedId ?? entry.requestId,
  });
  // What was split off has said so on the request.
  if (entry.requestId || !endedId) {
    await stores.requests.appendTimeline({
      requestId: parent.id,
      kind: 'stateChanged',
      actorRef: null,
      text: reason,
    });
  }
  await stores.audit.append({
    organizationId: mandate.organizationId,
    kind: 'mandate.left',
    actor: null,
    requestId: parent.id,
    data: {
      mandateId: mandate.id,
      subject: entry.subject,
      byRequestId: endedId,
    },
  });
}

/** Ends what was filed in the name of a mandate, wherever it is. */
export async function endFiled(
  stores: Stores,
  requestId: string,
  text: string,
): Promise<string | null> {
  await stores.provisioning.lockRequest(requestId);
  const request = (await stores.requests.get(requestId))!;
  if (request.state === 'pending' || request.state === 'approved') {
    await stores.provisioning.footprints.release(request.id);
    await stores.provisioning.footprints.releaseNames(request.id);
    await recordTransition(stores, {
      request,
      to: 'withdrawn',
      actorRef: null,
      event: { kind: 'withdrawn', text },
      patch: { stateReason: text },
    });
    return request.id;
  }
  const holds = ['provisioning', 'propagating', 'active', 'stuck'];
  const isEnding = await stores.provisioning.authorizations.find(
    request.id,
    'removal',
  );
  if (!holds.includes(request.state) || isEnding) return null;
  await endAccess(stores, {
    request,
    actorRef: null,
    kind: 'stateChanged',
    text,
  });
  return request.id;
}

/** What the approved request itself gave ends as a request of its own. */
async function handOver(
  stores: Stores,
  { mandate, parent, concerns, reason, entry }: Leaving,
): Promise<string | null> {
  const leases = (await stores.leases.listOfRequest(parent.id)).filter(
    lease => lease.endedAt === null && concerns(lease.object),
  );
  if (leases.length === 0) return null;
  const { plan } = await stores.requests.getPlan(parent.id, parent.planVersion);
  const child = await splitOff(stores, {
    request: parent,
    leases,
    part: planOfLeaving(plan, entry.subject),
    reason,
    auditData: { mandateId: mandate.id },
  });
  return child.id;
}

/** The part of a plan that is about one account or one person. Pure. */
function planOfLeaving(plan: Plan, subject: string): Plan {
  const isAbout = (atom: { accountId: string; entraUserId: string }) =>
    atom.accountId === subject || atom.entraUserId === subject;
  return {
    ...plan,
    duration: null,
    people: plan.people.filter(
      ({ entraUserId }) =>
        entraUserId === subject ||
        plan.gains.some(
          gain =>
            gain.accountId === subject && gain.entraUserId === entraUserId,
        ),
    ),
    accounts: plan.accounts.filter(
      ({ id }) =>
        id === subject ||
        plan.gains.some(
          gain => gain.entraUserId === subject && gain.accountId === id,
        ),
    ),
    objects: [],
    gains: [],
    losses: plan.gains
      .filter(isAbout)
      .map(gain => ({ ...gain, seconds: null })),
    findings: [],
    sentences: [],
  };
}

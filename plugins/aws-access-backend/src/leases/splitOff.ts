import { Plan } from 'backstage-plugin-aws-access-common';
import { randomUUID } from 'node:crypto';
import { Stores } from '../database/Stores';
import { digestOf } from '../digest/digestOf';
import { planDigest } from '../planning/planDigest';
import { PRODUCT_ACTOR } from '../requests/productActor';
import { RequestRow } from '../requests/stores/RequestStore';
import { endAccess } from './endAccess';
import { LeaseRow } from './LeaseStore';

/**
 * Ends a part of what a request gives, in the caller's transaction: the leases go
 * over to a request of their own, which ends at once. So the part goes the same
 * way as all access, unless somebody else needs it, and only if this product made
 * it (security rules 19 and 25), while the rest goes on.
 *
 * @param options.reason - one plain sentence
 * @param options.by - who ends it; left out = the product itself
 * @param options.id - of the request that ends; left out = any
 * @param options.title - of the request that ends
 * @param options.part - what of the request's plan the leases are about
 * @returns the request that ends
 */
export async function splitOff(
  stores: Stores,
  options: {
    request: RequestRow;
    leases: LeaseRow[];
    part: Plan;
    reason: string;
    by?: string;
    id?: string;
    title?: string;
    auditData: Record<string, unknown>;
  },
): Promise<RequestRow> {
  const { request, leases, part, reason, by = null } = options;
  const { policy } = await stores.requests.getPlan(
    request.id,
    request.planVersion,
  );
  const id = options.id ?? randomUUID();
  const now = await stores.now();
  const digest = planDigest(part);
  const child = await stores.requests.insert(
    {
      ...request,
      id,
      state: 'active',
      stateReason: null,
      planVersion: 1,
      planDigest: digest,
      actor: PRODUCT_ACTOR,
      title: options.title ?? `Part of request ${request.number}`,
      justification: `It was part of request ${request.number}. ${reason}`,
      changes: [],
      copyOf: null,
      extensionOf: null,
      idempotencyKey: `part:${request.id}:${id}`,
      bodyDigest: digestOf(part),
      createdAt: now,
    },
    { version: 1, digest, plan: part, policy, computedAt: now },
  );
  await stores.requests.appendTimeline({
    requestId: id,
    kind: 'filed',
    actorRef: by,
    text: `Split off request ${request.number}. ${reason}`,
  });
  await stores.requests.appendTimeline({
    requestId: request.id,
    kind: by ? 'returned' : 'stateChanged',
    actorRef: by,
    text: `${reason} That part ends as request ${child.number}.`,
  });
  for (const lease of leases) {
    await stores.leases.insert({ ...lease, id: randomUUID(), requestId: id });
  }
  await stores.leases.end(leases.map(lease => lease.id));
  return endAccess(stores, {
    request: child,
    actorRef: by,
    kind: by ? 'returned' : 'stateChanged',
    text: reason,
    auditData: { ofRequestId: request.id, ...options.auditData },
  });
}

import { Plan } from 'backstage-plugin-aws-access-common';
import { randomUUID } from 'node:crypto';
import { RootStores } from '../database/Stores';
import { digestOf } from '../digest/digestOf';
import { planDigest } from '../planning/planDigest';
import { PolicyOutcome } from '../policy/PolicyOutcome';
import { RequestRow } from '../requests/stores/RequestStore';
import { personId } from './planOf';

/** A policy that asks nothing of anybody. */
export const EMPTY_POLICY: PolicyOutcome = {
  rulesDigest: '0'.repeat(64),
  stages: [],
  denials: [],
  autoApproved: true,
  maxDuration: null,
  maxDurationBecause: [],
};

/** Stores an approved request for the plan, as if people had decided on it. */
export async function approveRequest(
  stores: RootStores,
  plan: Plan,
): Promise<RequestRow> {
  const id = randomUUID();
  const now = await stores.now();
  return stores.transaction(inner =>
    inner.requests.insert(
      {
        id,
        organizationId: plan.organization.organizationId,
        state: 'approved',
        stateReason: null,
        planVersion: 1,
        planDigest: planDigest(plan),
        requesterRef: 'user:default/ana',
        requesterPersonId: personId('ana'),
        actor: null,
        teamRef: 'group:default/payments',
        title: 'Access that a test asks for',
        justification: 'A test needs it',
        ticket: null,
        duration: plan.duration,
        changes: [],
        copyOf: null,
        idempotencyKey: id,
        bodyDigest: digestOf(plan),
        createdAt: now,
        approvedAt: now,
        startsAt: null,
        endsAt: null,
      },
      {
        version: 1,
        digest: planDigest(plan),
        plan,
        policy: EMPTY_POLICY,
        computedAt: now,
      },
    ),
  );
}

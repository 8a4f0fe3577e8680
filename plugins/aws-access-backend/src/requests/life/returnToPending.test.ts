import { RequestState } from 'backstage-plugin-aws-access-common';
import { randomUUID } from 'node:crypto';
import { DatabaseStores } from '../../database/DatabaseStores';
import { NO_SEALS } from '../../integrity/Seals';
import { PlanResult } from '../../planning/RequestPlanner';
import { planDigest } from '../../planning/planDigest';
import { planRequest } from '../../planning/planRequest';
import { PolicyOutcome } from '../../policy/PolicyOutcome';
import { createTestDatabases } from '../../testing/databases';
import {
  example,
  exampleChanges,
  exampleFacts,
  examplePins,
} from '../../testing/examplePlan';
import { requestKey } from '../stores/requestKeys';
import { returnToPending } from './returnToPending';

const databases = createTestDatabases();

const policy: PolicyOutcome = {
  rulesDigest: 'r'.repeat(64),
  stages: [
    {
      id: 'owner',
      name: 'account owner',
      approvers: ['accountOwner'],
      count: 1,
      accountIds: [example.dataProd],
      because: ['production'],
    },
  ],
  denials: [],
  maxDuration: null,
  maxDurationBecause: [],
  autoApproved: false,
};

const changes = exampleChanges({
  people: ['user:default/ana', 'user:default/ben'],
});

function planResult(parts: Partial<PlanResult> = {}): PlanResult {
  const plan = planRequest(
    { teamRef: 'group:default/payments', duration: 'PT8H', changes },
    { ...exampleFacts(), pins: examplePins },
  );
  return {
    plan,
    digest: planDigest(plan),
    policy,
    problems: [],
    asOf: null,
    ...parts,
  };
}

async function insertApproved(stores: DatabaseStores) {
  const plan = planRequest(
    {
      teamRef: 'group:default/payments',
      duration: 'PT8H',
      changes: exampleChanges(),
    },
    { ...exampleFacts(), pins: examplePins },
  );
  const now = await stores.now();
  return stores.transaction(async inside => {
    const row = await inside.requests.insert(
      {
        id: randomUUID(),
        organizationId: example.organizationId,
        state: 'approved',
        stateReason: null,
        planVersion: 1,
        planDigest: planDigest(plan),
        requesterRef: 'user:default/ana',
        requesterPersonId: example.entraIds.ana,
        actor: null,
        teamRef: 'group:default/payments',
        title: 'Ana asks',
        justification: 'Because',
        ticket: null,
        duration: 'PT8H',
        changes,
        copyOf: null,
        idempotencyKey: randomUUID(),
        bodyDigest: 'b'.repeat(64),
        createdAt: now,
        approvedAt: now,
        startsAt: null,
        endsAt: null,
      },
      {
        version: 1,
        digest: planDigest(plan),
        plan,
        policy,
        computedAt: now,
      },
    );
    await inside.requests.insertAsked(row.id, 1, ['user:default/otto']);
    await inside.requests.insertDecision({
      id: randomUUID(),
      requestId: row.id,
      planVersion: 1,
      planDigest: row.planDigest,
      personId: example.entraIds.otto,
      entityRef: 'user:default/otto',
      verdict: 'approve',
      reason: null,
      decidedAt: now,
    });
    return row;
  });
}

describe.each(databases.ids)('returnToPending on %s', id => {
  let stores: DatabaseStores;
  beforeAll(async () => {
    stores = new DatabaseStores(await databases.initMigrated(id), NO_SEALS);
  });

  it('makes a new plan version whose decisions count anew', async () => {
    const request = await insertApproved(stores);
    const result = planResult();

    const returned = await stores.transaction(inside =>
      returnToPending(inside, {
        request,
        planResult: result,
        because: ['ReadOnly for Ben Brandt was not in the plan.'],
      }),
    );

    expect(returned).toMatchObject({
      state: 'pending',
      planVersion: 2,
      planDigest: result.digest,
      approvedAt: null,
      stateReason: 'ReadOnly for Ben Brandt was not in the plan.',
    });
    expect(await stores.requests.listDecisions(request.id, 2)).toEqual([]);
    expect(await stores.requests.listDecisions(request.id, 1)).toHaveLength(1);
    expect(await stores.requests.listAsked(request.id, 2)).toEqual([
      'user:default/otto',
    ]);
    // Ben gains now, so the request concerns him.
    expect(
      await stores.requests.list({
        keys: [requestKey.concerns('user:default/ben')],
        limit: 10,
      }),
    ).toMatchObject([{ id: request.id }]);
    expect(
      await stores.outbox
        .claim(100)
        .then(rows =>
          rows.filter(
            ({ message }) =>
              message.kind === 'notification' &&
              message.requestId === request.id,
          ),
        ),
    ).toMatchObject([
      {
        message: { recipients: ['user:default/ana', 'user:default/otto'] },
      },
    ]);
  });

  it.each<[string, Partial<PlanResult>, RequestState, string]>([
    [
      'cannot be planned any more',
      {
        plan: null,
        digest: null,
        policy: null,
        problems: [{ path: 'team', message: 'No team.', fix: 'Choose one.' }],
      },
      'lapsed',
      'Lapsed: it cannot be carried out any more. The team is gone.',
    ],
    [
      'is denied by the policy of today',
      { policy: { ...policy, stages: [], denials: ['Not on Fridays.'] } },
      'denied',
      'Not on Fridays.',
    ],
    [
      'needs nobody by the policy of today',
      { policy: { ...policy, stages: [], autoApproved: true } },
      'approved',
      '',
    ],
  ])('settles what %s', async (_what, parts, state, reason) => {
    const request = await insertApproved(stores);
    const returned = await stores.transaction(inside =>
      returnToPending(inside, {
        request,
        planResult: planResult(parts),
        because: ['The team is gone.'],
      }),
    );
    expect(returned.state).toBe(state);
    expect(returned.stateReason ?? '').toBe(reason);
  });

  it('refuses when the request is not approved any more', async () => {
    const request = await insertApproved(stores);
    await stores.requests.transition(request, 'withdrawn');
    await expect(
      stores.transaction(inside =>
        returnToPending(inside, {
          request,
          planResult: planResult(),
          because: [],
        }),
      ),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    expect(await stores.requests.get(request.id)).toMatchObject({
      state: 'withdrawn',
      planVersion: 1,
    });
  });
});

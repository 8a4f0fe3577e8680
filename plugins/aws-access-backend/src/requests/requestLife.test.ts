import { ConflictError } from '@backstage/errors';
import {
  isRequestTransition,
  RequestState,
} from 'backstage-plugin-aws-access-common';
import fc from 'fast-check';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { verifyAuditChain } from '../audit/verifyAuditChain';
import { digestOf } from '../digest/digestOf';
import { endAccess } from '../leases/endAccess';
import { PersonDirectory } from '../people/PersonDirectory';
import { createTestDatabases } from '../testing/databases';
import { example } from '../testing/examplePlan';
import { RequestWorld } from '../testing/RequestWorld';
import { recordTransition } from './life/recordTransition';
import { PlanRow, RequestRow } from './stores/RequestStore';
import { returnToPending } from './life/returnToPending';
import { withdrawOfLeavers } from './life/withdrawOfLeavers';

const databases = createTestDatabases();
jest.setTimeout(300_000);

type Name = keyof typeof example.entraIds;
const PEOPLE: Name[] = ['ana', 'ben', 'petra', 'otto', 'sia', 'uma', 'ida'];
const id = (name: Name) => example.entraIds[name];

/** Who approves what, by hand: the product's own resolver is what is tried here. */
const OWNERS: Record<string, string[]> = {
  [example.dataProd]: [id('otto')],
  [example.dataDev]: [id('otto'), id('ida')],
  [example.paymentsProd]: [id('petra')],
};

/** Different in how many must agree, and in who gains. */
const WISHES = [
  { accountIds: [example.dataProd] },
  { accountIds: [example.dataProd], permissionSet: example.administrator },
  {
    accountIds: [example.dataProd, example.dataDev],
    people: ['user:default/ana', 'user:default/ben'],
  },
  { accountIds: [example.dataDev, example.paymentsProd] },
];

const person = fc.constantFrom(...PEOPLE);
const oneOf = fc.nat({ max: 2 });
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('decide' as const),
      by: fc.constantFrom<string>(
        ...PEOPLE,
        'otto',
        'sia',
        'otto via plugin:x',
      ),
      on: oneOf,
      verdict: fc.constantFrom('approve', 'approve', 'reject', 'narrow'),
      // What the page showed: the present plan, the first one, or a forged one.
      seen: fc.constantFrom('present', 'present', 'present', 'first', 'forged'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('act' as const),
      by: person,
      on: oneOf,
      act: fc.constantFrom(
        'withdraw',
        'return',
        'retry',
        'comments',
        'resubmit',
        'extend',
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('happen' as const),
      on: oneOf,
      what: fc.constantFrom(
        'start',
        'usable',
        'stick',
        'expire',
        'end',
        'lapse',
        'replan',
        'leave',
      ),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const TO: Partial<Record<string, RequestState>> = {
  start: 'provisioning',
  usable: 'active',
  stick: 'stuck',
  end: 'ended',
  lapse: 'lapsed',
};

describe.each(databases.ids)('the life of requests on %s', databaseId => {
  let knex: Knex;
  let world: RequestWorld;
  beforeAll(async () => {
    knex = await databases.initMigrated(databaseId);
    world = await RequestWorld.start(knex, {
      awsAccess: {
        // The worker reaches no cloud: the steps below are what happens.
        worker: { pollSeconds: 60, claimSeconds: 600 },
        requests: {
          maxOpenPerPerson: 1000,
          commentsPerMinute: 10_000,
          denialsPerMinute: 10_000,
        },
      },
    });
  });
  afterAll(() => world.stop());

  it('reaches no state that the table does not allow, loses no event, and gives nothing without a valid approval', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(step, fc.option(step, { freq: 3 })), {
          minLength: 3,
          maxLength: 14,
        }),
        fc.nat({ max: WISHES.length - 1 }),
        async (steps, wish) => {
          const filed = [
            await world.file('ana', WISHES[wish]),
            await world.file('ana', WISHES[(wish + 1) % WISHES.length]),
            await world.file('ben', {
              ...WISHES[(wish + 2) % WISHES.length],
            }),
          ];
          const seen = new Map(filed.map(one => [one.id, 0]));
          for (const [one, other] of steps) {
            const both = [one, ...(other ? [other] : [])];
            await Promise.all(both.map(each => run(each, filed)));
            for (const { id: requestId } of filed) {
              seen.set(requestId, await check(requestId, seen.get(requestId)!));
            }
          }
        },
      ),
      { numRuns: databaseId.startsWith('SQLITE') ? 60 : 10 },
    );
    expect(await verifyAuditChain(world.stores.audit, 'parcel')).toMatchObject({
      verdict: 'consistent',
    });
  });

  async function run(
    each: Step,
    filed: Array<{ id: string; planVersion: number; planDigest: string }>,
  ): Promise<void> {
    const first = filed[each.on];
    const row = (await world.stores.requests.get(first.id))!;
    if (each.kind === 'happen') {
      await happen(row, each.what);
      return;
    }
    if (each.kind === 'act') {
      const body = {
        text: 'Hello',
        reason: 'because',
        idempotencyKey: randomUUID(),
        justification: 'It takes longer',
        duration: 'PT2H',
      };
      const path = `/requests/${row.id}/${each.act}`;
      const answer = await world.post(path, each.by, body);
      expect([path, answer.status < 500]).toEqual([path, true]);
      return;
    }
    const plan = {
      present: row,
      first,
      forged: { ...row, planDigest: digestOf('forged') },
    }[each.seen as 'present'];
    const answer = await world.decide(
      {
        id: row.id,
        planVersion: plan.planVersion,
        planDigest: plan.planDigest,
      },
      each.by,
      {
        verdict: each.verdict,
        reason: 'because',
        ...(each.verdict === 'narrow' && { duration: 'PT1H' }),
      },
    );
    expect([answer.text, answer.status < 500]).toEqual([answer.text, true]);
    // No stale or forged plan is ever decided on.
    if (answer.status === 200) {
      // Beside it may be that of somebody who decided at the same time.
      expect(
        answer.body.decisions.map(
          (decision: { entityRef: string }) => decision.entityRef,
        ),
      ).toContain(`user:default/${each.by}`);
      expect(answer.body.planDigest === plan.planDigest).toBe(
        each.verdict !== 'narrow',
      );
    }
  }

  async function happen(row: RequestRow, what: string): Promise<void> {
    try {
      if (what === 'leave') {
        await leave();
      } else if (what === 'replan') {
        const { plan, policy } = await world.stores.requests.getPlan(
          row.id,
          row.planVersion,
        );
        await world.stores.transaction(stores =>
          returnToPending(stores, {
            request: row,
            planResult: {
              plan,
              policy,
              digest: digestOf([row.id, row.planVersion]),
              problems: [],
              asOf: null,
            },
            because: ['The world moved.'],
          }),
        );
      } else if (what === 'expire') {
        await world.stores.transaction(stores =>
          endAccess(stores, {
            request: row,
            actorRef: null,
            kind: 'expired',
            text: 'Its time is over',
          }),
        );
      } else {
        await world.stores.transaction(stores =>
          recordTransition(stores, {
            request: row,
            to: TO[what]!,
            actorRef: null,
            event: { kind: 'stateChanged', text: what },
          }),
        );
      }
    } catch (error) {
      // It was not its turn, or somebody was quicker: nothing may have changed.
      if (!(error instanceof ConflictError)) throw error;
    }
  }

  /** Ben leaves the company. */
  async function leave(): Promise<void> {
    // The portal's own worker holds the claim; this is a round of it.
    const { claim_owner: owner, claim_epoch: epoch } = await knex(
      'aws_access_organizations',
    ).first();
    if (owner === null) return;
    const claim = { organizationId: 'parcel', owner, epoch: Number(epoch) };
    const known = PEOPLE.filter(name => name !== 'ben').map(name => ({
      entityRef: `user:default/${name}`,
      displayName: name,
      entraUserId: id(name),
      teams: ['group:default/payments'],
    }));
    const directory = {
      findPerson: async (ref: string) =>
        known.find(({ entityRef }) => entityRef === ref),
      findTeam: async (ref: string) => ({
        entityRef: ref,
        displayName: ref,
        leads: [],
        members: known,
        accessGroupNames: [],
      }),
    } as unknown as PersonDirectory;
    await withdrawOfLeavers({ stores: world.stores, directory }, claim);
  }

  /** @returns how many events the request has */
  async function check(requestId: string, before: number): Promise<number> {
    const { requests, audit } = world.stores;
    const row = (await requests.get(requestId))!;
    const timeline = await requests.listTimeline(requestId);
    expect(timeline.map(event => event.sequence)).toEqual(
      timeline.map((_event, index) => index + 1),
    );
    expect(timeline.length).toBeGreaterThanOrEqual(before);

    // The audit log tells one story, in which each chapter follows from the last.
    const events = (await audit.list({ requestId, limit: 1000 })).reverse();
    let state: string | null = null;
    let changes = 0;
    let approved: { planVersion: number } | undefined;
    for (const { kind, data } of events) {
      if (kind === 'request.filed') state = data.to as string;
      if (data.from === undefined) continue;
      expect(data.from).toBe(state);
      const [from, to] = [data.from, data.to] as RequestState[];
      expect([from, to, isRequestTransition(from, to)]).toEqual([
        from,
        to,
        true,
      ]);
      state = to;
      changes += 1;
      if (to === 'approved') {
        approved = { planVersion: data.planVersion as number };
      }
      if (to === 'pending') approved = undefined;
      if (to === 'provisioning' && from === 'approved') {
        expect(approved).toBeDefined();
      }
    }
    expect(state).toBe(row.state);
    expect(row.version).toBe(1 + changes);
    // One event for each change at least, and the filing has two.
    expect(timeline.length).toBeGreaterThanOrEqual(changes + 2);

    await checkDecisions(row, approved?.planVersion);
    const keys = await knex('aws_access_request_keys')
      .where('request_id', requestId)
      .distinct('state')
      .pluck('state');
    expect(keys).toEqual([row.state]);
    return timeline.length;
  }

  async function checkDecisions(row: RequestRow, approvedVersion?: number) {
    const { requests } = world.stores;
    const decisions = (await requests.listDecisionsOf([row.id])).get(row.id);
    const plans = new Map<number, PlanRow>();
    for (let version = 1; version <= row.planVersion; version++) {
      plans.set(version, await requests.getPlan(row.id, version));
    }
    const gaining = new Set(
      [...plans.values()].flatMap(({ plan }) =>
        plan.gains.map(atom => atom.entraUserId),
      ),
    );
    for (const decision of decisions ?? []) {
      expect(gaining).not.toContain(decision.personId);
      expect(decision.personId).not.toBe(row.requesterPersonId);
      expect(decision.planDigest).toBe(plans.get(decision.planVersion)!.digest);
    }
    if (approvedVersion === undefined) return;
    const plan = plans.get(approvedVersion)!;
    const approvers = new Set(
      (decisions ?? [])
        .filter(
          ({ verdict, planVersion }) =>
            verdict !== 'reject' &&
            planVersion <= approvedVersion &&
            planVersion >= (plan.countsFromVersion ?? plan.version),
        )
        .map(decision => decision.personId),
    );
    expect(isFilled(plan, [...approvers])).toBe(true);
  }
});

/** Whether different people sit in all stages; tries every way, as a book would. */
function isFilled({ policy }: PlanRow, people: string[]): boolean {
  const places = policy.stages.flatMap(stage =>
    Array.from({ length: stage.count }, () => stage),
  );
  const sit = (place: number, left: string[]): boolean =>
    place === places.length ||
    left.some(
      one =>
        mayDecide(places[place], one) &&
        sit(
          place + 1,
          left.filter(other => other !== one),
        ),
    );
  return sit(0, people);
}

function mayDecide(
  stage: PlanRow['policy']['stages'][number],
  personId: string,
): boolean {
  return stage.approvers.some(source =>
    source === 'accountOwner'
      ? stage.accountIds.every(account => OWNERS[account].includes(personId))
      : PEOPLE.some(
          name => source === `user:default/${name}` && id(name) === personId,
        ),
  );
}

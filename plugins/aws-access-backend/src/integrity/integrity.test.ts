import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { addMemberWrite } from '../clouds/entraWrites';
import { CloudWriteGate } from '../clouds/CloudWriteGate';
import { DatabaseStores } from '../database/DatabaseStores';
import { digestOf } from '../digest/digestOf';
import { endAccess } from '../leases/endAccess';
import { endForgedAccess } from '../leases/endForgedAccess';
import { expireAccess } from '../leases/expireAccess';
import { Claim } from '../organizations/OrganizationStore';
import { beginProvisioning } from '../provisioning/starting/beginProvisioning';
import { DatabaseWriteAuthorizationVerifier } from '../provisioning/stores/DatabaseWriteAuthorizationVerifier';
import { approveRequest } from '../testing/approveRequest';
import { createTestDatabases } from '../testing/databases';
import { planOf } from '../testing/planOf';
import { HmacSeals } from './HmacSeals';
import { openSeals } from './openSeals';
import { NO_SEALS } from './Seals';

const databases = createTestDatabases();
const OLD = 'an older key that is long enough to be one';
const NEW = 'a newer key that is long enough to be one!';
const LATER = '2999-01-01T00:00:00.000Z';

describe.each(databases.ids)('seals on %s', id => {
  const logger = mockServices.logger.mock();
  let knex: Knex;
  beforeEach(async () => {
    logger.error.mockClear();
    knex = await databases.initMigrated(id);
  });

  const open = async (...keys: string[]) => {
    const seals = await openSeals(
      knex,
      { integrityKey: keys.length > 0 ? keys : undefined },
      mockServices.logger.mock(),
    );
    const stores = new DatabaseStores(knex, seals);
    return { seals, stores };
  };
  const withoutKey = () => new DatabaseStores(knex, NO_SEALS);
  type Opened = Awaited<ReturnType<typeof open>>;

  /** A running grant step that has recorded its intent to add a member. */
  async function begin({ stores, seals }: Opened) {
    const plan = planOf({ groupName: `AWS-${randomUUID()}`, duration: 'PT1H' });
    const request = await approveRequest(stores, plan);
    const claim = (await stores.organizations.claim('parcel', 'one', 60))!;
    await beginProvisioning(
      {
        stores,
        claim,
        grantSeconds: 3600,
        planner: undefined as never,
        approvals: undefined as never,
      },
      request,
      { plan, plannedAt: await stores.now() },
    );
    const [first] = await stores.provisioning.listSteps(request.id);
    const step = await stores.provisioning.steps.begin(claim, first.id);
    const write = addMemberWrite('group-1', 'user-1');
    const intentId = randomUUID();
    await stores.provisioning.intents.insert(claim, {
      id: intentId,
      stepId: step.id,
      objectKey: 'membership/group-1/user-1',
      operation: write.operation,
      inputDigest: digestOf(write.input),
      nonce: null,
      before: null,
    });
    const gate = new CloudWriteGate(
      new DatabaseWriteAuthorizationVerifier(knex, seals),
    );
    const authorize = () =>
      gate.authorize(
        { organizationId: 'parcel', intentId, epoch: claim.epoch },
        write,
      );
    return { request, claim, authorize };
  }

  async function giveGroup(stores: DatabaseStores, requestId: string) {
    const row = (await stores.requests.get(requestId))!;
    await stores.leases.insert({
      id: randomUUID(),
      organizationId: 'parcel',
      requestId,
      objectKey: 'group/g',
      object: { kind: 'accessGroup', entraGroupId: 'g' } as never,
      teamRef: row.teamRef,
      startsAt: row.startsAt!,
      endsAt: row.endsAt,
    });
  }

  async function giveBack(stores: DatabaseStores, requestId: string) {
    await stores.transaction(async transaction => {
      await endAccess(transaction, {
        request: (await transaction.requests.get(requestId))!,
        actorRef: null,
        kind: 'returned',
        text: 'Given back',
      });
    });
  }

  async function decide(stores: DatabaseStores, requestId: string) {
    await stores.requests.insertDecision({
      id: randomUUID(),
      requestId,
      planVersion: 1,
      planDigest: 'd'.repeat(64),
      personId: 'otto',
      entityRef: 'user:default/otto',
      verdict: 'approve',
      reason: null,
      decidedAt: await stores.now(),
    });
  }

  it('security rule 24: a decision that was not made here counts for nobody, and keeps nobody from deciding', async () => {
    const { stores } = await open(NEW);
    const request = await approveRequest(
      stores,
      planOf({ groupName: 'AWS-Test' }),
    );
    await decide(stores, request.id);
    const decisions = () => stores.requests.listDecisions(request.id, 1);
    expect(await decisions()).toHaveLength(1);

    for (const forged of [
      { verdict: 'reject' },
      { person_id: 'somebody else' },
      { seal: null },
      { seal: new HmacSeals([OLD]).seal({} as never) },
    ]) {
      const [before] = await knex('aws_access_decisions');
      await knex('aws_access_decisions').update(forged);
      expect(await decisions()).toEqual([]);
      const all = await stores.requests.listDecisionsOf([request.id]);
      expect(all.get(request.id) ?? []).toEqual([]);
      await knex('aws_access_decisions').update(before);
    }
    await knex('aws_access_decisions').update({ seal: null });
    await decide(stores, request.id);
    expect(await decisions()).toHaveLength(1);
    await expect(decide(stores, request.id)).rejects.toThrow(/decided/);
  });

  it.each([
    [
      'another plan',
      'aws_access_authorizations',
      { plan_digest: 'e'.repeat(64) },
    ],
    ['a later lapse', 'aws_access_authorizations', { lapses_at: LATER }],
    ['no seal', 'aws_access_authorizations', { seal: null }],
    ['a later end of the request', 'aws_access_requests', { ends_at: LATER }],
  ])(
    'security rule 24: no write goes out with %s',
    async (_what, table, forged) => {
      const { authorize } = await begin(await open(NEW));
      await authorize();
      await knex(table).update(forged);
      await expect(authorize()).rejects.toThrow(/not authorized/);
    },
  );

  it.each([
    ['moved', { ends_at: LATER }],
    ['taken away', { ends_at: null }],
    ['left, with the seal of nobody', { seal: 'f'.repeat(64) }],
  ])(
    'security rule 24: access whose end was %s ends',
    async (_what, forged) => {
      const opened = await open(NEW);
      const { stores } = opened;
      const { request, claim } = await begin(opened);
      await giveGroup(stores, request.id);
      await endForgedAccess(stores, claim, logger);
      expect((await stores.requests.get(request.id))!.state).toBe(
        'provisioning',
      );

      const { seal, ...end } = forged as { seal?: string };
      await knex('aws_access_leases').update(forged);
      if (!seal) await knex('aws_access_requests').update(end);
      await endForgedAccess(stores, claim, logger);
      expect((await stores.requests.get(request.id))!.state).toBe('ending');
    },
  );

  it('security rule 24: without a key a seal tells nothing, but a lease that outlasts its request ends', async () => {
    const opened = await open(NEW);
    const { stores } = opened;
    const { request, claim } = await begin(opened);
    await giveGroup(stores, request.id);
    const stateAfter = async (forged: object) => {
      await knex('aws_access_leases').update(forged);
      await endForgedAccess(withoutKey(), claim, logger);
      return (await stores.requests.get(request.id))!.state;
    };
    expect(await stateAfter({ seal: 'f'.repeat(64) })).toBe('provisioning');
    expect(await stateAfter({ ends_at: LATER })).toBe('ending');
  });

  it.each([0, 1])(
    'security rule 24: forged access that cannot be ended keeps no other from ending (%s)',
    async spoilt => {
      const opened = await open(NEW);
      const { stores } = opened;
      const { request: first } = await begin(opened);
      const { request: second, claim } = await begin(opened);
      const ids = [first.id, second.id];
      for (const requestId of ids) await giveGroup(stores, requestId);
      await knex('aws_access_leases').update({ ends_at: LATER });
      await knex('aws_access_leases')
        .where('request_id', ids[spoilt])
        .update({ object: 'no JSON' });

      await endForgedAccess(stores, claim, logger);
      const other = await stores.requests.get(ids[1 - spoilt]);
      expect(other!.state).toBe('ending');
      expect(logger.error.mock.calls).toEqual([
        [expect.stringContaining(`Request ${ids[spoilt]} could not end`)],
      ]);
    },
  );

  it('ends by time what a forged state hides, the longest overdue first', async () => {
    const opened = await open(NEW);
    const { stores } = opened;
    const ids: string[] = [];
    for (const year of [2003, 2001, 2002]) {
      const { request } = await begin(opened);
      await giveGroup(stores, request.id);
      await knex('aws_access_leases')
        .where('request_id', request.id)
        .update({ ends_at: `${year}-01-01T00:00:00.000Z` });
      ids.push(request.id);
    }
    await knex('aws_access_requests').update({ state: 'ended' });
    const [latest, first, second] = ids;
    const listed = (limit: number) =>
      stores.leases.listExpiredRequestIds('parcel', limit);
    expect(await listed(50)).toEqual([first, second, latest]);
    expect(await listed(2)).toEqual([first, second]);
  });

  describe('access whose request is said to be over', () => {
    const rounds: Array<
      [string, (opened: Opened, claim: Claim) => Promise<void>]
    > = [
      [
        'when its state is forged',
        ({ stores }, claim) => endForgedAccess(stores, claim, logger),
      ],
      [
        'when its state is forged, also without a key',
        (_, claim) => endForgedAccess(withoutKey(), claim, logger),
      ],
      [
        'when its time is over, also without a key',
        async (_, claim) => {
          const past = { ends_at: '2000-01-01T00:00:00.000Z' };
          await knex('aws_access_requests').update(past);
          await knex('aws_access_leases').update(past);
          await expireAccess(withoutKey(), claim, logger);
        },
      ],
    ];
    const stateOf = async (stores: DatabaseStores, requestId: string) =>
      (await stores.requests.get(requestId))!.state;

    describe.each(rounds)('%s', (_when, round) => {
      it.each(['ended', 'ending', 'withdrawn', 'approved'])(
        'security rule 24: ends, whoever wrote %s into the database',
        async state => {
          const opened = await open(NEW);
          const { stores } = opened;
          const { request, claim } = await begin(opened);
          await giveGroup(stores, request.id);
          await knex('aws_access_requests').update({ state });

          await round(opened, claim);
          expect(await stateOf(stores, request.id)).toBe('ending');
          const leases = await stores.leases.listOfRequest(request.id);
          expect(leases.map(lease => lease.endedAt)).toEqual([
            expect.any(String),
          ]);
          const steps = await stores.provisioning.listSteps(request.id);
          expect(
            steps
              .filter(step => step.phase === 'removal')
              .map(({ kind }) => kind),
          ).toContain('verifyGone');
          const events = await stores.requests.listTimeline(request.id);
          expect(events.map(({ text }) => text)).toContainEqual(
            expect.stringContaining(`this request is ${state}`),
          );
          const audited = await knex('aws_access_audit_events').where(
            'request_id',
            request.id,
          );
          expect(JSON.stringify(audited)).toContain('forged');
        },
      );
    });

    it.each([
      ['with a key', (stores: DatabaseStores) => stores],
      ['without a key', withoutKey],
    ])(
      'security rule 24: goes on to end when the state of an end under way is forged, %s',
      async (_, looking) => {
        const opened = await open(NEW);
        const { stores } = opened;
        const { request, claim } = await begin(opened);
        await giveGroup(stores, request.id);
        await giveBack(stores, request.id);
        for (const state of ['ended', 'active']) {
          await knex('aws_access_requests').update({ state });
          await endForgedAccess(looking(stores), claim, logger);
          expect(await stateOf(stores, request.id)).toBe('ending');
        }
      },
    );

    it('security rule 24: is left alone when it is over', async () => {
      const opened = await open(NEW);
      const { stores } = opened;
      const { request, claim } = await begin(opened);
      await giveGroup(stores, request.id);
      const rows = () =>
        Promise.all([
          stores.requests.get(request.id),
          stores.requests.listTimeline(request.id),
        ]);
      await giveBack(stores, request.id);
      for (const state of ['ending', 'stuck', 'ended']) {
        await knex('aws_access_requests').update({ state });
        if (state === 'ended') {
          await knex('aws_access_steps').update({ state: 'done' });
        }
        const before = await rows();
        for (const [, round] of rounds) await round(opened, claim);
        const [ended] = await rows();
        expect({ ...ended, endsAt: before[0]!.endsAt }).toEqual(before[0]);
      }

      await knex('aws_access_leases').update({ ended_at: null });
      await endForgedAccess(stores, claim, logger);
      expect(await stateOf(stores, request.id)).toBe('ended');
      expect(await stores.leases.listLive('parcel')).toEqual([]);
      expect(await knex('aws_access_leases').whereNull('ended_at')).toEqual([]);
    });
  });

  it('security rule 24: keys are rotated, and a key that sealed nothing here stops the start', async () => {
    const old = await open(OLD);
    const { authorize } = await begin(old);
    await authorize();
    await expect(open(NEW)).rejects.toThrow(/Add the former key/);
    const both = await open(NEW, OLD);
    await begin(both).then(next => next.authorize());
    await authorize();
  });

  it('security rule 24: a first use believes what gives nothing, once, and has the rest decided anew', async () => {
    const without = await open();
    const waiting = await approveRequest(
      without.stores,
      planOf({ groupName: 'AWS-Test' }),
    );
    const over = await approveRequest(
      without.stores,
      planOf({ groupName: 'AWS-Test' }),
    );
    await knex('aws_access_requests')
      .where('id', over.id)
      .update({ state: 'ended' });
    await decide(without.stores, waiting.id);
    await decide(without.stores, over.id);

    const { stores } = await open(NEW);
    expect(await stores.requests.listDecisions(over.id, 1)).toHaveLength(1);
    expect(await stores.requests.listDecisions(waiting.id, 1)).toEqual([]);

    // Whoever removes the record of it cannot have more believed.
    await knex('aws_access_integrity').delete();
    await expect(open(NEW)).rejects.toThrow(/first use is gone/);
  });
});

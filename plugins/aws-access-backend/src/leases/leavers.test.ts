import { mockServices } from '@backstage/backend-test-utils';
import { RunningSandbox } from 'backstage-plugin-aws-access-sandbox';
import { EntraReads } from '../clouds/EntraCloud';
import { Claim } from '../organizations/OrganizationStore';
import { retryStuckRequest } from '../provisioning/running/retryStuckRequest';
import { elevationPlan } from '../testing/changePlans';
import { createTestDatabases } from '../testing/databases';
import { personId } from '../testing/planOf';
import { ProvisioningWorld } from '../testing/ProvisioningWorld';
import { endAccessOfLeavers } from './endAccessOfLeavers';
import { releaseLeavers } from './holdLeavers';

jest.setTimeout(60_000);

const SCIM_CYCLE_MS = 41 * 60 * 1000;

const databases = createTestDatabases();

describe.each(databases.ids)('people who are deleted in Entra, on %s', id => {
  let sandbox: RunningSandbox;
  let world: ProvisioningWorld;

  beforeEach(async () => {
    sandbox = await ProvisioningWorld.startSandbox();
    world = new ProvisioningWorld(await databases.initMigrated(id), sandbox);
  });
  afterEach(async () => {
    await world.stop();
    await sandbox.stop();
  });

  /** Entra takes a deleted user out of every group and application. */
  function deleteUser(name: string): void {
    const user = personId(name);
    for (const [table, column] of [
      ['entra_group_members', 'member_id'],
      ['entra_app_role_assignments', 'principal_id'],
      ['entra_users', 'id'],
    ]) {
      sandbox.store.run(`DELETE FROM ${table} WHERE ${column} = ?`, [user]);
    }
  }

  async function timelineOf(requestId: string): Promise<string> {
    const events = await world.stores.requests.listTimeline(requestId);
    return events.map(({ text }) => text).join('\n');
  }

  /** Ines by herself has it directly, and with Ben through a group. */
  async function giveAccess() {
    const shared = await world.approve({
      groupName: 'AWS-Leavers',
      people: ['ines', 'ben'],
    });
    await world.untilState(shared.id, 'active');
    const own = await world.approvePlan(elevationPlan({ people: ['ines'] }));
    await world.untilState(own.id, 'active');
    expect(await world.listElevated('payments-dev')).toHaveLength(1);
    return { shared, own };
  }

  it.each([
    ['before SCIM has carried it to AWS', false],
    ['after SCIM has carried it to AWS', true],
  ])(
    'security rule 25: have no access any more, %s, and others keep theirs',
    async (_, isCarried) => {
      // Not found before the test says so, whatever the pace of looking is.
      const first = world.engine({ pace: { leaversMs: 3_600_000 } });
      first.start();
      const { shared, own } = await giveAccess();
      await first.stop();
      deleteUser('ines');
      if (isCarried) sandbox.clock.advance(SCIM_CYCLE_MS);

      world.engine().start();
      await world.untilState(own.id, 'ended');
      const gone = `The user ${personId('ines')} is not in Entra any more.`;
      expect(await timelineOf(own.id)).toContain(gone);
      expect(await world.listElevated('payments-dev')).toEqual([]);
      await world.until(
        async () => (await timelineOf(shared.id)).includes(gone),
        'the part of the leaver to end',
      );
      expect(await timelineOf(shared.id)).toMatch(
        /is not in Entra any more\. That part ends as request \d+/,
      );
      expect(await world.state(shared.id)).toBe('active');
      await world.until(async () => {
        const open = await world
          .knex('aws_access_leases')
          .whereNull('ended_at')
          .where('object', 'like', `%${personId('ines')}%`);
        return open.length === 0;
      }, 'the leases of the leaver to end');
      expect(await world.look('AWS-Leavers')).toMatchObject({
        members: ['ben'],
        accounts: ['payments-dev'],
      });
    },
  );

  it('security rule 25: lose what a stuck request gave, and a retry gives nothing back to them', async () => {
    const first = world.engine({ pace: { leaversMs: 3_600_000 } });
    first.start();
    const { shared } = await giveAccess();
    await first.stop();
    // As if its last look at the clouds had failed, and its members with it.
    await world
      .knex('aws_access_requests')
      .where('id', shared.id)
      .update({ state: 'stuck', state_reason: 'It broke' });
    await world
      .knex('aws_access_steps')
      .where('request_id', shared.id)
      .whereIn('kind', ['ensureMembers', 'awaitIdentityStoreGroup', 'verify'])
      .update({ state: 'failed' });
    sandbox.store.run(
      'UPDATE entra_users SET account_enabled = 0 WHERE id = ?',
      [personId('ines')],
    );

    world.engine().start();
    await world.until(
      async () => (await timelineOf(shared.id)).includes('That part ends as'),
      'the part of the leaver to end',
    );
    expect(await world.state(shared.id)).toBe('stuck');
    const { id: part } = await world
      .knex('aws_access_requests')
      .where('idempotency_key', 'like', `part:${shared.id}:%`)
      .first();
    await world.untilScim(sandbox, part, 'ended');
    await world.stores.transaction(async stores =>
      retryStuckRequest(stores, {
        request: (await stores.requests.get(shared.id))!,
        actorRef: 'user:default/ida',
      }),
    );
    await world.untilState(shared.id, 'active');
    expect(await world.look('AWS-Leavers')).toMatchObject({
      members: ['ben'],
      accounts: ['payments-dev'],
    });
  });

  describe('security rule 25: nobody has left when Entra cannot be read well', () => {
    const logger = mockServices.logger.mock();
    let claim: Claim;

    beforeEach(async () => {
      logger.error.mockClear();
      const engine = world.engine({ pace: { leaversMs: 3_600_000 } });
      engine.start();
      await giveAccess();
      await engine.stop();
      claim = (await world.stores.organizations.claim('parcel', 'test', 600))!;
    });

    const look = (
      change: (entra: EntraReads) => Partial<EntraReads> = () => ({}),
      removalsAtOnce = 10,
    ) => {
      const { entra } = world.clouds;
      const changed = change(entra);
      return endAccessOfLeavers(
        {
          stores: world.stores,
          removalsAtOnce,
          logger,
          entra: new Proxy(entra, {
            get: (target, name: keyof EntraReads) =>
              changed[name] ?? (target[name] as Function).bind(target),
          }),
        },
        claim,
      );
    };
    const live = async () =>
      (await world.stores.leases.listLive('parcel')).length;

    it.each<[string, unknown, (entra: EntraReads) => Partial<EntraReads>]>([
      [
        'the list breaks off after a page',
        expect.stringContaining('The connection was reset'),
        entra => ({
          async *listUsers() {
            for await (const page of entra.listUsers()) {
              yield page.slice(0, 3);
              throw new Error('The connection was reset');
            }
          },
        }),
      ],
      [
        'the list ends early without an error',
        false,
        entra => ({
          async *listUsers() {
            for await (const page of entra.listUsers()) {
              yield page.filter(({ userId }) => userId === personId('ana'));
              return;
            }
          },
        }),
      ],
      [
        'the list is empty',
        false,
        () => ({
          async *listUsers() {
            yield [];
          },
        }),
      ],
      [
        'nobody may know who is enabled',
        false,
        entra => ({
          async *listUsers() {
            for await (const page of entra.listUsers()) {
              yield page.map(user => ({ ...user, accountEnabled: false }));
            }
          },
        }),
      ],
      [
        'of some it may not be known whether they are enabled',
        false,
        entra => {
          const unknown = { accountEnabled: null };
          return {
            async *listUsers() {
              for await (const page of entra.listUsers()) {
                yield page.map(user =>
                  user.userId === personId('ana')
                    ? user
                    : { ...user, ...unknown },
                );
              }
            },
            getUser: async userId => {
              const user = await entra.getUser(userId);
              return user && { ...user, ...unknown };
            },
          };
        },
      ],
      [
        'a second look at those who are missing fails',
        expect.stringContaining('took too long'),
        () => ({
          async *listUsers() {
            yield [
              {
                userId: personId('ana'),
                userPrincipalName: 'ana@parcel.example',
                displayName: 'Ana',
                accountEnabled: true,
              },
            ];
          },
          getUser: async () => {
            throw new Error('Microsoft Graph took too long');
          },
        }),
      ],
    ])('%s', async (_, outcome, change) => {
      const before = await live();
      expect(await look(change).catch(String)).toEqual(outcome);
      expect(await live()).toBe(before);
      // A whole look finds who has really left.
      deleteUser('ines');
      expect(await look()).toBe(true);
    });

    it('more leave at once than go without asking, until an operator says go of so many', async () => {
      deleteUser('ines');
      deleteUser('ben');
      const before = await live();
      const atMostOne = () => look(undefined, 1);
      const heldBy = async () =>
        (await world.stores.heldLeavers.get('parcel'))?.people;
      expect(await atMostOne()).toBe(false);
      expect(await atMostOne()).toBe(false);
      expect(await live()).toBe(before);
      expect(await heldBy()).toEqual(
        [personId('ben'), personId('ines')].sort(),
      );
      const told = async () =>
        (await world.knex('aws_access_outbox')).filter(({ payload }) =>
          payload.includes('2 people with access to parcel seem to have left'),
        );
      expect(await told()).toHaveLength(1);

      const release = (people: number) =>
        releaseLeavers(world.stores, {
          organizationId: 'parcel',
          people,
          actorRef: 'user:default/ida',
        });
      await expect(release(3)).rejects.toThrow('look again');
      await release(2);
      await expect(release(2)).rejects.toThrow('look again');
      // Somebody else beside them goes without asking, and no more.
      expect(await atMostOne()).toBe(true);
      expect(await live()).toBeLessThan(before);
      const audited = await world.stores.audit.list({
        organizationId: 'parcel',
        limit: 100,
      });
      expect(
        audited.filter(({ kind }) => kind.startsWith('leavers.')),
      ).toMatchObject([
        { kind: 'leavers.released', actor: 'user:default/ida' },
        { kind: 'leavers.held', actor: null },
      ]);
      await atMostOne();
      expect(await heldBy()).toBeUndefined();
    });

    it('so many seem to have left, but access ends on time all the same', async () => {
      deleteUser('ines');
      deleteUser('ben');
      const engine = world.engine({
        config: world.config({
          limits: { requestsPerSecond: 1000, removalsAtOnce: 1 },
        }),
      });
      await world.expireClaim();
      engine.start();
      await world.until(
        () => world.stores.heldLeavers.get('parcel'),
        'people to be held',
      );
      const { id: own } = await world
        .knex('aws_access_requests')
        .orderBy('number', 'desc')
        .first();
      expect(await world.state(own)).toBe('active');
      await world.passEnd(own);
      await world.untilState(own, 'ended');
      expect(await world.listElevated('payments-dev')).toEqual([]);
    });

    it.each([0, 1])(
      'one request cannot end, and the other of who has left ends (%s)',
      async broken => {
        deleteUser('ines');
        const requests = await world
          .knex('aws_access_requests')
          .orderBy('number');
        const { id: brokenId } = requests[broken];
        await world
          .knex('aws_access_request_plans')
          .where('request_id', brokenId)
          .update({ plan: 'no JSON' });
        expect(await look()).toBe(true);
        expect(logger.error.mock.calls).toEqual([
          [expect.stringContaining(`Request ${brokenId} could not end`)],
        ]);
        const theirs = (await world.stores.leases.listLive('parcel')).filter(
          ({ object }) => JSON.stringify(object).includes(personId('ines')),
        );
        expect(new Set(theirs.map(({ requestId }) => requestId))).toEqual(
          new Set([brokenId]),
        );
      },
    );

    it('Graph refuses in between', async () => {
      deleteUser('ines');
      const before = await live();
      sandbox.weather.set({
        rules: [
          {
            match: { operation: 'GET /users/*' },
            fault: { type: 'missingPermission' },
          },
        ],
      });
      await expect(look()).rejects.toMatchObject({ cloud: 'entra' });
      sandbox.weather.set({
        rules: [
          {
            match: { operation: 'GET /users' },
            fault: { type: 'missingPermission' },
          },
        ],
      });
      await expect(look()).rejects.toMatchObject({ cloud: 'entra' });
      expect(await live()).toBe(before);
      sandbox.weather.set({});
      expect(await look()).toBe(true);
    });
  });
});

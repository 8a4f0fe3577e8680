import { mockServices } from '@backstage/backend-test-utils';
import { RunningSandbox } from 'backstage-plugin-aws-access-sandbox';
import { randomUUID } from 'node:crypto';
import { expireAccess } from '../leases/expireAccess';
import { elevationPlan } from '../testing/changePlans';
import { createTestDatabases } from '../testing/databases';
import { PersonDirectory } from '../people/PersonDirectory';
import { RequestKeeper } from '../requests/life/RequestKeeper';
import { RequestLoader } from '../requests/reading/RequestLoader';
import { RequestRow } from '../requests/stores/RequestStore';
import { ProvisioningWorld } from '../testing/ProvisioningWorld';

jest.setTimeout(120_000);

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

describe('access', () => {
  const databases = createTestDatabases();
  let sandbox: RunningSandbox;
  let world: ProvisioningWorld;

  beforeAll(async () => {
    sandbox = await ProvisioningWorld.startSandbox();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await world.stop();
  });
  afterAll(() => sandbox.stop());

  const open = async (id: (typeof databases.ids)[number]) => {
    world = new ProvisioningWorld(await databases.initMigrated(id), sandbox);
  };

  const setEnd = async (requestId: string, endsAt: string) => {
    for (const [table, key] of [
      ['aws_access_requests', 'id'],
      ['aws_access_leases', 'request_id'],
    ]) {
      await world.knex(table).where(key, requestId).update({ ends_at: endsAt });
    }
  };

  const fromNow = async (milliseconds: number) =>
    new Date(Date.parse(await world.stores.now()) + milliseconds).toISOString();

  it.each(databases.ids)(
    'ends at its minute by the clock of the database, whatever that of the machine says, on %s',
    async id => {
      await open(id);
      const { stores } = world;
      const engine = world.engine();
      const request = await world.approvePlan(
        elevationPlan({ accounts: ['shop-dev'], permissionSet: 'LogReader' }),
      );
      engine.start();
      await world.untilState(request.id, 'active');
      await engine.stop();
      const claim = (await stores.organizations.claim('parcel', 'two', 600))!;

      // The machine's clock runs a year ahead: not a minute is lost.
      const realNow = Date.now;
      const clock = jest.spyOn(Date, 'now');
      clock.mockImplementation(() => realNow() + YEAR_MS);
      await setEnd(request.id, await fromNow(60_000));
      await expireAccess(stores, claim, mockServices.logger.mock());
      expect(await world.state(request.id)).toBe('active');

      // It is put back by two years: not a minute is won.
      clock.mockImplementation(() => realNow() - YEAR_MS);
      await setEnd(request.id, await fromNow(-1));
      await expireAccess(stores, claim, mockServices.logger.mock());
      expect(await world.state(request.id)).toBe('ending');
      clock.mockRestore();

      await stores.organizations.release(claim);
      world.engine().start();
      await world.untilState(request.id, 'ended');
      expect(await world.listElevated('shop-dev', 'LogReader')).toEqual([]);
    },
  );

  it.each(databases.ids)(
    'that ended during a long downtime goes the longest overdue first, and before anything is given, on %s',
    async id => {
      await open(id);
      const engine = world.engine();
      const accounts = ['payments-dev', 'data-dev', 'shop-dev'];
      const requests = [];
      for (const account of accounts) {
        requests.push(
          await world.approvePlan(
            elevationPlan({ accounts: [account], permissionSet: 'LogReader' }),
          ),
        );
      }
      engine.start();
      for (const { id: one } of requests) {
        await world.untilState(one, 'active');
      }
      await engine.stop();

      // While nobody is at work, all of them end, the second one first.
      const [a, b, c] = requests;
      await setEnd(a.id, '2026-01-02T00:00:00.000Z');
      await setEnd(b.id, '2026-01-01T00:00:00.000Z');
      await setEnd(c.id, '2026-01-03T00:00:00.000Z');
      const waiting = await world.approvePlan(
        elevationPlan({ accounts: ['data-staging'] }),
      );
      world.engine().start();
      await world.untilState(waiting.id, 'active');
      for (const { id: one } of requests) await world.untilState(one, 'ended');

      const events = await world.stores.audit.list({ limit: 200 });
      const order = events
        .filter(
          ({ kind, requestId }) =>
            kind === 'request.expired' ||
            (requestId === waiting.id && kind === 'request.stateChanged'),
        )
        .sort((one, other) => one.sequence - other.sequence)
        .map(({ requestId }) => requestId);
      expect(order.slice(0, 4)).toEqual([b.id, a.id, c.id, waiting.id]);
    },
  );

  it.each(
    databases.ids.flatMap(id =>
      ['before', 'with', 'after'].map(when => [when, id] as const),
    ),
  )(
    'security rule 22: is there when an extension starts %s the end of the first, on %s',
    async (when, id) => {
      await open(id);
      world.engine().start();
      const plan = elevationPlan({
        accounts: ['shop-dev'],
        permissionSet: 'LogReader',
      });
      const first = await world.approvePlan(plan);
      await world.untilState(first.id, 'active');
      // What ends with the first is made anew in the plan of the extension.
      const extend = () => world.approvePlan(plan);
      const end = () => world.passEnd(first.id);
      const inTurn: Record<string, () => Promise<[RequestRow, unknown]>> = {
        before: async () => [await extend(), await end()],
        with: () => Promise.all([extend(), end()]),
        after: async () => {
          await end();
          return [await extend(), undefined];
        },
      };
      const [extension] = await inTurn[when]();
      await world.untilState(extension.id, 'active');
      await world.untilState(first.id, 'ended');
      expect(await world.listElevated('shop-dev', 'LogReader')).toEqual([
        'ana',
      ]);
      expect(
        await world.knex('aws_access_intents').where('state', 'intended'),
      ).toEqual([]);

      // And it ends with the extension, not before and not never.
      await world.passEnd(extension.id);
      await world.untilState(extension.id, 'ended');
      expect(await world.listElevated('shop-dev', 'LogReader')).toEqual([]);
    },
  );

  it.each(databases.ids)(
    'security rule 22: goes at its end although a thousand grants wait in front of it, on %s',
    async id => {
      await open(id);
      const ending = await world.approvePlan(
        elevationPlan({ accounts: ['shop-dev'], permissionSet: 'LogReader' }),
      );
      const first = world.engine();
      first.start();
      await world.untilState(ending.id, 'active');
      await first.stop();

      // A bulk request is under way: a thousand of its steps are due before ours.
      const bulk = await world.approvePlan(
        elevationPlan({ accounts: ['payments-staging'] }),
      );
      await world
        .knex('aws_access_requests')
        .where('id', bulk.id)
        .update({ state: 'provisioning' });
      const authorizationId = randomUUID();
      await world.stores.provisioning.authorizations.insert({
        id: authorizationId,
        organizationId: 'parcel',
        requestId: bulk.id,
        kind: 'grant',
        planVersion: 1,
        planDigest: bulk.planDigest,
        lapsesAt: await fromNow(60 * 60 * 1000),
      });
      const steps = Array.from({ length: 1000 }, (_, position) => ({
        id: randomUUID(),
        organizationId: 'parcel',
        requestId: bulk.id,
        authorizationId,
        phase: 'grant' as const,
        position,
        kind: 'awaitIdentityStoreUsers' as const,
        title: 'Wait for somebody whom SCIM never brings',
        input: {
          members: [{ entraUserId: randomUUID(), displayName: 'Nobody' }],
        },
      }));
      for (let from = 0; from < steps.length; from += 100) {
        await world.stores.provisioning.steps.insert(
          steps.slice(from, from + 100),
        );
      }
      await world.passEnd(ending.id);
      world.engine().start();
      await world.untilState(ending.id, 'ended');
      expect(await world.listElevated('shop-dev', 'LogReader')).toEqual([]);
      const undone = await world
        .knex('aws_access_steps')
        .where({ request_id: bulk.id })
        .whereNot('state', 'done');
      expect(undone).toHaveLength(1000);
    },
  );

  it.each(databases.ids)(
    'ends although the catalog is silent on %s',
    async id => {
      await open(id);
      const never = new Promise<never>(() => {});
      const asked: string[] = [];
      const directory = {
        findTeam: (ref: string) => {
          asked.push(ref);
          return never;
        },
      } as unknown as PersonDirectory;
      const keeper = new RequestKeeper({
        stores: world.stores,
        loader: { load: () => never } as unknown as RequestLoader,
        directory,
        logger: mockServices.logger.mock(),
      });
      const [ends, waits] = await Promise.all(
        ['shop-dev', 'data-dev'].map(account =>
          world.approvePlan(
            elevationPlan({ accounts: [account], permissionSet: 'LogReader' }),
          ),
        ),
      );
      await world
        .knex('aws_access_requests')
        .where('id', waits.id)
        .update({ state: 'pending' });
      world
        .engine({ keepRequests: async claim => keeper.keepBeside(claim) })
        .start();
      await world.untilState(ends.id, 'active');
      await world.passEnd(ends.id);
      await world.untilState(ends.id, 'ended');
      // One look hangs, and no second is begun beside it.
      expect(asked).toHaveLength(1);
    },
  );

  it.each(databases.ids)(
    'ends although the end of another cannot be recorded on %s',
    async id => {
      await open(id);
      const [poisoned, fine] = await Promise.all(
        ['payments-dev', 'data-dev'].map(account =>
          world.approvePlan(
            elevationPlan({ accounts: [account], permissionSet: 'LogReader' }),
          ),
        ),
      );
      world.engine().start();
      await world.untilState(poisoned.id, 'active');
      await world.untilState(fine.id, 'active');
      await world
        .knex('aws_access_request_plans')
        .where('request_id', poisoned.id)
        .update({ plan: '{}' });
      await world.passEnd(poisoned.id);
      await world.passEnd(fine.id);
      await world.untilState(fine.id, 'ended');
      expect(await world.state(poisoned.id)).toBe('active');
    },
  );
});

import { RunningSandbox } from 'backstage-plugin-aws-access-sandbox';
import { elevationPlan } from '../../testing/changePlans';
import { CrashPoint } from '../../testing/CrashPoint';
import { createTestDatabases } from '../../testing/databases';
import { ProvisioningWorld } from '../../testing/ProvisioningWorld';
import { retryStuckRequest } from '../running/retryStuckRequest';

jest.setTimeout(120_000);

describe('writes that are unknown when their request ends', () => {
  const databases = createTestDatabases();
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await ProvisioningWorld.startSandbox();
  });
  afterAll(() => sandbox.stop());

  it.each(
    databases.ids.flatMap(id =>
      (['before', 'after'] as const).flatMap(side =>
        [1, 2, 3, 4, 5].map(n => [id, side, n] as const),
      ),
    ),
  )(
    'security rule 20: are not unknown for ever, on %s, when a worker dies %s write %i and the access is given back',
    async (id, side, n) => {
      const knex = await databases.initMigrated(id);
      const world = new ProvisioningWorld(knex, sandbox);
      const groupName = `AWS-Leftover-${id}-${side}-${n}`;
      const group = await world.approve({ groupName });
      const elevation = await world.approvePlan(
        elevationPlan({ accounts: ['data-dev'], permissionSet: 'LogReader' }),
      );
      const crash = new CrashPoint({ at: 'cloudWrite', n, side });
      const worker = world.engine({ crash });
      worker.start();
      await crash.death;
      await worker.stop().catch(() => {});
      const started = [];
      for (const request of [group, elevation]) {
        if ((await world.state(request.id)) === 'approved') continue;
        await world.giveBack(request.id);
        started.push(request);
      }
      expect(started).not.toEqual([]);

      await world.expireClaim();
      world.engine().start();
      for (const request of started) {
        await world.untilState(request.id, 'ended');
      }
      for (const request of [group, elevation]) {
        if (started.includes(request)) continue;
        await world.untilState(request.id, 'active');
        await world.giveBack(request.id);
        await world.untilState(request.id, 'ended');
      }
      expect(
        await knex('aws_access_intents').where('state', 'intended'),
      ).toEqual([]);
      expect(await world.look(groupName)).toMatchObject({
        groups: 0,
        accounts: [],
      });
      expect(await world.listElevated('data-dev', 'LogReader')).toEqual([]);
      await world.stop();
    },
  );

  it.each(databases.ids)(
    'security rule 20: are not unknown for ever, on %s, when the request ends between a retry and its next attempt',
    async id => {
      const knex = await databases.initMigrated(id);
      const world = new ProvisioningWorld(knex, sandbox);
      const request = await world.approvePlan(
        elevationPlan({ accounts: ['shop-dev'], permissionSet: 'LogReader' }),
      );
      const crash = new CrashPoint({ at: 'cloudWrite', n: 1, side: 'before' });
      const worker = world.engine({ crash });
      worker.start();
      await crash.death;
      await worker.stop().catch(() => {});
      // As when the step had failed after that.
      await knex('aws_access_steps')
        .where({ request_id: request.id, state: 'running' })
        .update({ state: 'failed' });
      await knex('aws_access_requests')
        .where('id', request.id)
        .update({ state: 'stuck' });
      await world.stores.transaction(async stores =>
        retryStuckRequest(stores, {
          request: (await stores.requests.get(request.id))!,
          actorRef: 'user:default/ida',
        }),
      );
      await world.giveBack(request.id);
      await world.expireClaim();
      world.engine().start();
      await world.untilState(request.id, 'ended');
      expect(
        await knex('aws_access_intents').where('state', 'intended'),
      ).toEqual([]);
      await world.stop();
    },
  );
});

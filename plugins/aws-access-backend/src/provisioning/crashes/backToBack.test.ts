import {
  RunningSandbox,
  startSandbox,
} from 'backstage-plugin-aws-access-sandbox';
import { elevationPlan } from '../../testing/changePlans';
import { createTestDatabases } from '../../testing/databases';
import { ProvisioningWorld } from '../../testing/ProvisioningWorld';

jest.setTimeout(120_000);

describe('access that is given while the same is taken away', () => {
  const databases = createTestDatabases();
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({
      // Long enough for somebody to see what goes and is not gone yet.
      operationDelayMs: 1_000,
      limits: {
        ssoAdminRequestsPerSecond: 100_000,
        identityStoreRequestsPerSecond: 100_000,
      },
    });
  });
  afterAll(() => sandbox.stop());

  it.each(databases.ids)(
    'security rule 22: is there afterwards, and both requests are where they must be, on %s',
    async id => {
      const knex = await databases.initMigrated(id);
      const world = new ProvisioningWorld(knex, sandbox);
      const plan = elevationPlan({ accounts: ['data-dev'] });
      world.engine().start();
      const first = await world.approvePlan(plan);
      await world.untilState(first.id, 'active');
      await world.giveBack(first.id);
      await world.until(
        async () =>
          knex('aws_access_intents')
            .where('operation', 'sso-admin:DeleteAccountAssignment')
            .whereNotNull('result')
            .first(),
        'AWS to take it away',
      );
      const second = await world.approvePlan(plan);

      await world.untilState(second.id, 'active');
      await world.untilState(first.id, 'ended');
      expect(await world.listElevated('data-dev')).toEqual(['ana']);
      expect(
        await knex('aws_access_intents').where('state', 'intended'),
      ).toEqual([]);
      await world.giveBack(second.id);
      await world.untilState(second.id, 'ended');
      expect(await world.listElevated('data-dev')).toEqual([]);
      await world.stop();
    },
  );
});

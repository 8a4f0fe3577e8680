import {
  exampleAccounts,
  RunningSandbox,
} from 'backstage-plugin-aws-access-sandbox';
import { elevationPlan } from '../testing/changePlans';
import { createTestDatabases } from '../testing/databases';
import { ProvisioningWorld } from '../testing/ProvisioningWorld';

jest.setTimeout(120_000);

const PEOPLE = ['ana', 'ben', 'carla', 'dario'];
const ACCOUNTS = exampleAccounts
  .map(({ name }) => name)
  .filter(name => !name.startsWith('parcel'));

describe('many assignments', () => {
  const databases = createTestDatabases();
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await ProvisioningWorld.startSandbox();
  });
  afterAll(() => sandbox.stop());

  it.each(databases.ids)(
    'leave their turn to a request of one, and are all there in the end, on %s',
    async id => {
      const knex = await databases.initMigrated(id);
      const world = new ProvisioningWorld(knex, sandbox);
      const many = await world.approvePlan(
        elevationPlan({
          people: PEOPLE,
          accounts: ACCOUNTS,
          permissionSet: 'LogReader',
        }),
      );
      const one = await world.approvePlan(
        elevationPlan({
          people: ['freya'],
          accounts: ['payments-dev'],
          permissionSet: 'LogReader',
        }),
      );
      const engine = world.engine({
        config: world.config({
          limits: { requestsPerSecond: 1000, outstandingAssignments: 2 },
        }),
      });
      engine.start();
      await world.untilState(one.id, 'active');
      const unfinished = await knex('aws_access_steps')
        .where({ request_id: many.id, kind: 'ensureAssignment' })
        .whereNot('state', 'done');
      expect(unfinished.length).toBeGreaterThan(
        (PEOPLE.length * ACCOUNTS.length) / 2,
      );

      await world.untilState(many.id, 'active');
      for (const account of ACCOUNTS) {
        expect(await world.listElevated(account, 'LogReader')).toEqual(
          expect.arrayContaining(PEOPLE),
        );
      }
      await world.giveBack(many.id);
      await world.giveBack(one.id);
      await world.untilState(many.id, 'ended');
      await world.untilState(one.id, 'ended');
      expect(
        await knex('aws_access_intents').where('state', 'intended'),
      ).toEqual([]);
      await world.stop();
    },
  );
});

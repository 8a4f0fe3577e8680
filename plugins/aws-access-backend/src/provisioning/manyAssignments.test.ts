import {
  exampleAccounts,
  examplePeople,
  RunningSandbox,
  startSandbox,
} from 'backstage-plugin-aws-access-sandbox';
import { createAccountAssignmentWrite } from '../clouds/awsWrites';
import { elevationPlan } from '../testing/changePlans';
import { createTestDatabases } from '../testing/databases';
import { accountId, permissionSetArn } from '../testing/planOf';
import { ProvisioningWorld } from '../testing/ProvisioningWorld';

jest.setTimeout(120_000);

const AWS_TAKES_MS = 600_000;
const PEOPLE = ['ana', 'ben'];
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
      for (const account of ACCOUNTS) {
        expect(await world.listElevated(account, 'LogReader')).not.toEqual(
          expect.arrayContaining([expect.stringMatching(/ana|ben|freya/)]),
        );
      }
      const leases = await world.stores.leases.listOfRequest(many.id);
      expect(leases).toHaveLength(PEOPLE.length * ACCOUNTS.length);
      expect(leases.map(({ removedAt }) => removedAt)).not.toContain(null);
      expect(
        await knex('aws_access_intents').where('state', 'intended'),
      ).toEqual([]);
      await world.stop();
    },
  );
});

describe('an assignment that AWS has no place for', () => {
  const databases = createTestDatabases();
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({
      // Until its clock is moved on.
      operationDelayMs: AWS_TAKES_MS,
      limits: {
        ssoAdminRequestsPerSecond: 100_000,
        identityStoreRequestsPerSecond: 100_000,
        outstandingAssignmentOperations: 1,
      },
    });
  });
  afterAll(() => sandbox.stop());

  /** Waits for the state, while AWS goes on. */
  async function untilIn(world: ProvisioningWorld, id: string, state: string) {
    await world.until(async () => {
      sandbox.clock.advance(AWS_TAKES_MS);
      return (await world.state(id)) === state;
    }, `the request to be ${state}`);
  }

  it.each(databases.ids)(
    'is made when others have left one, although its own attempt counts, on %s',
    async id => {
      const knex = await databases.initMigrated(id);
      const world = new ProvisioningWorld(knex, sandbox);
      const foreign = {
        accountId: accountId('data-dev'),
        permissionSetArn: permissionSetArn('SupportUser'),
        principalType: 'USER' as const,
        principalId: examplePeople[0].identityStoreUserId,
      };
      const request = await world.approvePlan(
        elevationPlan({ accounts: ['payments-dev'], permissionSet: 'Billing' }),
      );
      await world.outside(
        createAccountAssignmentWrite(foreign),
        (clouds, seal) => clouds.aws.createAccountAssignment(seal, foreign),
      );
      world
        .engine({
          config: world.config({
            limits: { requestsPerSecond: 1000, outstandingAssignments: 1 },
          }),
        })
        .start();
      await world.until(
        () =>
          knex('aws_access_steps')
            .where('request_id', request.id)
            .whereLike('cloud_message', '%too many requests processing%')
            .first(),
        'AWS to refuse it',
      );
      await untilIn(world, request.id, 'active');
      expect(await world.listElevated('payments-dev', 'Billing')).toEqual([
        'ana',
      ]);
      await world.giveBack(request.id);
      await untilIn(world, request.id, 'ended');
      await world.stop();
    },
  );

  it.each(databases.ids)(
    'is not waited for when the access is given back meanwhile, on %s',
    async id => {
      const knex = await databases.initMigrated(id);
      const world = new ProvisioningWorld(knex, sandbox);
      const accounts = ['data-dev', 'payments-dev', 'payments-staging'];
      const request = await world.approvePlan(
        elevationPlan({ accounts, permissionSet: 'NetworkAdmin' }),
      );
      world
        .engine({
          config: world.config({
            limits: { requestsPerSecond: 1000, outstandingAssignments: 1 },
          }),
        })
        .start();
      await world.until(async () => {
        const steps = await knex('aws_access_steps').where({
          request_id: request.id,
          kind: 'ensureAssignment',
        });
        return (
          steps.some(({ detail }) => detail === 'AWS works on it') &&
          steps.some(({ state }) => state === 'running')
        );
      }, 'one to wait while AWS works on another one');
      await world.giveBack(request.id);
      await untilIn(world, request.id, 'ended');
      for (const account of accounts) {
        expect(await world.listElevated(account, 'NetworkAdmin')).toEqual([]);
      }
      expect(
        await knex('aws_access_intents').where('state', 'intended'),
      ).toEqual([]);
      const [{ writes }] = await knex('aws_access_intents')
        .where('operation', 'sso-admin:CreateAccountAssignment')
        .count({ writes: '*' });
      expect(Number(writes)).toBeLessThan(accounts.length);
      await world.stop();
    },
  );
});

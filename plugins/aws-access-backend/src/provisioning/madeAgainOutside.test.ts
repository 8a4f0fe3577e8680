import { RunningSandbox } from 'backstage-plugin-aws-access-sandbox';
import { AccountAssignment } from '../clouds/AwsCloud';
import {
  createAccountAssignmentWrite,
  deleteAccountAssignmentWrite,
} from '../clouds/awsWrites';
import { elevationPlan } from '../testing/changePlans';
import { createTestDatabases } from '../testing/databases';
import { Pause } from '../testing/Pause';
import { ProvisioningWorld } from '../testing/ProvisioningWorld';

jest.setTimeout(120_000);

describe('access that somebody makes again outside while it ends', () => {
  const databases = createTestDatabases();
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await ProvisioningWorld.startSandbox();
  });
  afterAll(() => sandbox.stop());

  it.each(databases.ids)(
    'is said to be there, left alone, and ends with what was made, on %s',
    async id => {
      const knex = await databases.initMigrated(id);
      const world = new ProvisioningWorld(knex, sandbox);
      const request = await world.approvePlan(
        elevationPlan({ accounts: ['data-dev', 'payments-dev'] }),
      );
      // The removal of the other one goes on meanwhile.
      const pause = new Pause('deleteAccountAssignment');
      world.engine({ clouds: pause.clouds(world.provider()) }).start();
      await world.untilState(request.id, 'active');
      await world.giveBack(request.id);
      await pause.reached;
      const gone = await world.until(
        () =>
          knex('aws_access_leases')
            .where('request_id', request.id)
            .whereNotNull('removed_at')
            .first(),
        'one assignment to be gone',
      );
      const { accountId, permissionSetArn, storeUserId } = JSON.parse(
        gone.object,
      );
      const assignment: AccountAssignment = {
        accountId,
        permissionSetArn,
        principalType: 'USER',
        principalId: storeUserId,
      };
      await world.outside(
        createAccountAssignmentWrite(assignment),
        (clouds, seal) => clouds.aws.createAccountAssignment(seal, assignment),
      );
      pause.goOn();

      const waiting = await world.until(
        () =>
          knex('aws_access_steps')
            .where({ request_id: request.id, kind: 'verifyGone' })
            .whereLike('detail', '%made it again outside this product%')
            .first(),
        'the request to say so',
      );
      expect(waiting.detail).toContain(`account ${accountId}`);
      expect(await world.state(request.id)).toBe('ending');
      await world.outside(
        deleteAccountAssignmentWrite(assignment),
        (clouds, seal) => clouds.aws.deleteAccountAssignment(seal, assignment),
      );
      await world.untilState(request.id, 'ended');
      await world.stop();
    },
  );
});

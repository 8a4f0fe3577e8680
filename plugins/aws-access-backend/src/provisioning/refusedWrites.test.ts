import { RunningSandbox } from 'backstage-plugin-aws-access-sandbox';
import { CloudError } from '../clouds/CloudError';
import { createAccountAssignmentWrite } from '../clouds/awsWrites';
import { CloudsProvider } from '../clouds/OrganizationClouds';
import { elevationPlan } from '../testing/changePlans';
import { createTestDatabases } from '../testing/databases';
import { accountId, permissionSetArn, personId } from '../testing/planOf';
import { ProvisioningWorld } from '../testing/ProvisioningWorld';

jest.setTimeout(120_000);

/** AWS is busy once, takes no credentials once, and lets nobody create an assignment. */
function refusing(provider: CloudsProvider): CloudsProvider {
  const { aws, ...others } = provider.forOrganization('parcel');
  const first = [
    ['retryLater', 'ThrottlingException'],
    ['credentials', 'ExpiredTokenException'],
  ] as const;
  let calls = 0;
  const refused: typeof aws = new Proxy(aws, {
    get(target, key) {
      if (key === 'createAccountAssignment') {
        return async (seal: () => Promise<unknown>) => {
          await seal();
          const [kind, code] = first[calls] ?? [
            'permanent',
            'AccessDeniedException',
          ];
          calls += 1;
          throw new CloudError({
            kind,
            cloud: 'aws',
            operation: 'sso-admin:CreateAccountAssignment',
            code,
            cloudMessage: 'no',
            plainWords: 'AWS does not do it',
          });
        };
      }
      const member = Reflect.get(target, key);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
  return { forOrganization: () => ({ ...others, aws: refused }) };
}

describe('a write that a cloud has refused', () => {
  const databases = createTestDatabases();
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await ProvisioningWorld.startSandbox();
  });
  afterAll(() => sandbox.stop());

  it.each(databases.ids)(
    'security rule 20: proves nothing of what somebody makes by hand after it, on %s',
    async id => {
      sandbox.clock.advance(10_000);
      const world = new ProvisioningWorld(
        await databases.initMigrated(id),
        sandbox,
      );
      const account = id === 'SQLITE_3' ? 'logistics-prod' : 'data-staging';
      const request = await world.approvePlan(
        elevationPlan({ accounts: [account], permissionSet: 'LogReader' }),
      );
      world.engine({ clouds: refusing(world.provider()) }).start();
      await world.untilState(request.id, 'stuck');

      const person = await world.clouds.aws.findStoreUserByExternalId(
        personId('ana'),
      );
      const assignment = {
        accountId: accountId(account),
        permissionSetArn: permissionSetArn('LogReader'),
        principalType: 'USER' as const,
        principalId: person!.userId,
      };
      await world.outside(
        createAccountAssignmentWrite(assignment),
        (clouds, seal) => clouds.aws.createAccountAssignment(seal, assignment),
      );
      const isThere = async () =>
        (await world.listElevated(account, 'LogReader')).includes('ana');
      await world.until(isThere, 'what is made by hand');

      await world.giveBack(request.id);
      await world.untilState(request.id, 'ended');
      expect(await isThere()).toBe(true);
      await world.stop();
    },
  );
});

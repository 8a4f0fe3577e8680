import { newPermissionSetArn } from 'backstage-plugin-aws-access-common';
import { RunningSandbox } from 'backstage-plugin-aws-access-sandbox';
import { elevationPlan } from '../testing/changePlans';
import { createTestDatabases } from '../testing/databases';
import { Pause } from '../testing/Pause';
import { personId, planObject, planOf } from '../testing/planOf';
import { ProvisioningWorld } from '../testing/ProvisioningWorld';

jest.setTimeout(60_000);

/** Who waits for a refusal to pass waits longer than the test. */
const IMPATIENT = {
  backoffMs: 600_000,
  maxBackoffMs: 600_000,
  refusedRemovalMs: 600_000,
};

interface Ids {
  group: string;
  storeGroup: string;
  set: string;
}

/** What somebody else deletes while the product's own call is under way. */
const DELETIONS: Array<
  [kind: string, method: string, where: string, id: keyof Ids]
> = [
  [
    'an assignment',
    'deleteAccountAssignment',
    'aws_account_assignments WHERE principal_id',
    'storeGroup',
  ],
  [
    'a membership',
    'removeMember',
    'entra_group_members WHERE group_id',
    'group',
  ],
  [
    'a place in the enterprise application',
    'removeApplicationAssignment',
    'entra_app_role_assignments WHERE principal_id',
    'group',
  ],
  ['a group', 'deleteGroup', 'entra_groups WHERE id', 'group'],
  [
    'a permission set',
    'deletePermissionSet',
    'aws_permission_sets WHERE name',
    'set',
  ],
];

describe('what somebody else takes away at the same moment', () => {
  const databases = createTestDatabases();
  let sandbox: RunningSandbox;
  let world: ProvisioningWorld;
  let count = 0;

  beforeAll(async () => {
    sandbox = await ProvisioningWorld.startSandbox();
  });
  afterEach(() => world.stop());
  afterAll(() => sandbox.stop());

  const timelineOf = async (requestId: string) =>
    (await world.stores.requests.listTimeline(requestId)).map(
      ({ kind }) => kind,
    );

  /** A new group with a new permission set in an account. */
  const everything = (name: string) => {
    const plan = planOf({ groupName: `AWS-Test-${name}` });
    return {
      ...plan,
      permissionSets: [],
      objects: [
        planObject(
          'permissionSet',
          'create',
          {
            name,
            description: 'For guests',
            sessionDuration: 'PT1H',
            relayState: null,
            managedPolicies: [],
            customerManagedPolicies: [],
            inlinePolicy: null,
            permissionsBoundary: null,
            tags: {},
          },
          { key: 'set' },
        ),
        ...plan.objects.map(object =>
          object.kind === 'accountAssignment'
            ? {
                ...object,
                after: {
                  ...(object.after as object),
                  permissionSetArn: newPermissionSetArn('set'),
                },
              }
            : object,
        ),
      ],
    };
  };

  describe.each(databases.ids)('on %s', id => {
    it.each(DELETIONS)(
      '%s is gone, whatever becomes of the call',
      async (_, method, where, of) => {
        sandbox.clock.advance(10_000);
        world = new ProvisioningWorld(
          await databases.initMigrated(id),
          sandbox,
        );
        const pause = new Pause(method);
        world
          .engine({ clouds: pause.clouds(world.provider()), pace: IMPATIENT })
          .start();
        const name = `Guests${(count += 1)}`;
        const request = await world.approvePlan(everything(name));
        await world.untilState(request.id, 'active');
        const { entra, aws } = world.clouds;
        const [group] = await entra.findGroupsByDisplayName(`AWS-Test-${name}`);
        const storeGroup = await aws.findStoreGroupByExternalId(group.groupId);
        await world.giveBack(request.id);
        await pause.reached;
        const ids: Ids = {
          group: group.groupId,
          storeGroup: storeGroup!.groupId,
          set: name,
        };
        sandbox.store.run(`DELETE FROM ${where} = ?`, [ids[of]]);
        // The role goes from an account with the last assignment of it.
        sandbox.store.run(
          `DELETE FROM aws_provisioned_permission_sets WHERE permission_set_arn IN
             (SELECT arn FROM aws_permission_sets WHERE name = ?)`,
          [name],
        );
        pause.goOn();

        await world.untilState(request.id, 'ended');
        expect(await timelineOf(request.id)).not.toContain('stuck');
        const leases = await world.stores.leases.listOfRequest(request.id);
        expect(leases.map(({ removedAt }) => removedAt)).not.toContain(null);
        expect(await world.look(`AWS-Test-${name}`)).toMatchObject({
          groups: 0,
          accounts: [],
        });
      },
    );

    it('is gone also for who was allowed to take it away', async () => {
      world = new ProvisioningWorld(await databases.initMigrated(id), sandbox);
      const pause = new Pause('deleteAccountAssignment');
      world
        .engine({ clouds: pause.clouds(world.provider()), pace: IMPATIENT })
        .start();
      const loser = await world.approvePlan(elevationPlan({}));
      await world.untilState(loser.id, 'active');
      const removal = await world.approvePlan(
        elevationPlan({ action: 'remove' }),
      );
      await pause.reached;
      const user = await world.clouds.aws.findStoreUserByExternalId(
        personId('ana'),
      );
      sandbox.store.run(
        'DELETE FROM aws_account_assignments WHERE principal_id = ?',
        [user!.userId],
      );
      pause.goOn();
      await world.untilState(removal.id, 'ended');
      await world.untilState(loser.id, 'ended');
      expect(await timelineOf(removal.id)).not.toContain('stuck');
      expect(await timelineOf(loser.id)).not.toContain('stuck');
    });
  });
});

import {
  newPermissionSetArn,
  Plan,
  PlanObject,
} from 'backstage-plugin-aws-access-common';
import { RunningSandbox } from 'backstage-plugin-aws-access-sandbox';
import { collectPages } from '../../clouds/collectPages';
import { unlessMissing } from '../../clouds/unlessMissing';
import { planDigest } from '../../planning/planDigest';
import { EMPTY_POLICY } from '../../testing/approveRequest';
import { groupPlan } from '../../testing/changePlans';
import { createTestDatabases } from '../../testing/databases';
import { Pause } from '../../testing/Pause';
import {
  accountId,
  emptyPlan,
  personId,
  planObject,
} from '../../testing/planOf';
import { ProvisioningWorld } from '../../testing/ProvisioningWorld';

jest.setTimeout(60_000);

describe('what a request relies on', () => {
  const databases = createTestDatabases();
  let sandbox: RunningSandbox;
  let count = 0;

  beforeAll(async () => {
    sandbox = await ProvisioningWorld.startSandbox();
  });
  afterAll(() => sandbox.stop());

  /** A group with Ana and an account, and Ben in it by a request of its own. */
  async function setUp(world: ProvisioningWorld) {
    count += 1;
    const groupName = `AWS-Relied-${count}`;
    const made = await world.approve({ groupName });
    await world.untilState(made.id, 'active');
    const [group] = await world.clouds.entra.findGroupsByDisplayName(groupName);
    const joined = await world.approvePlan(
      groupPlan({ group, members: ['ana'], join: ['ben'], duration: 'PT8H' }),
    );
    await world.untilState(joined.id, 'active');
    /** Another account for the group, planned while Ben is in it. */
    const changes = groupPlan({
      group,
      members: ['ana', 'ben'],
      stay: ['ben'],
      assign: ['payments-staging'],
      duration: 'PT8H',
    });
    const plan = {
      ...changes,
      objects: [
        ...changes.objects,
        planObject('applicationAssignment', 'untouched', {
          accessGroup: group.groupId,
        }),
      ],
    };
    return { groupName, group, made, joined, plan };
  }

  const leasesOf = (world: ProvisioningWorld, requestId: string) =>
    world
      .knex('aws_access_leases')
      .where({ request_id: requestId })
      .orderBy('object_kind')
      .pluck('object_kind');

  it.each(databases.ids)(
    'security rule 22: has a lease from the start, so that nothing of it goes with the last of the others, on %s',
    async id => {
      const world = new ProvisioningWorld(
        await databases.initMigrated(id),
        sandbox,
      );
      const first = world.engine();
      first.start();
      const { groupName, group, made, joined, plan } = await setUp(world);
      await first.stop();

      // It has started, and is held up before its first step has seen anything.
      const pause = new Pause('describeOwners');
      world.engine({ clouds: pause.clouds(world.provider()) }).start();
      const relying = await world.approvePlan(plan);
      await pause.reached;
      expect(await leasesOf(world, relying.id)).toEqual([
        'accessGroup',
        'applicationAssignment',
        'membership',
      ]);

      await world.giveBack(joined.id);
      await world.giveBack(made.id);
      await world.untilScim(sandbox, joined.id, 'ended');
      pause.goOn();
      await world.untilScim(sandbox, made.id, 'ended');
      await world.until(async () => {
        // AWS hears that Ana has left with a cycle of SCIM.
        sandbox.clock.advance(60_000);
        return (await world.state(relying.id)) === 'active';
      }, 'the request to be active');
      expect(await world.look(groupName)).toMatchObject({
        groups: 1,
        // Ana went with the request that was her only reason.
        members: ['ben'],
        accounts: ['payments-staging'],
      });

      await world.giveBack(relying.id);
      await world.untilState(relying.id, 'ended');
      expect(await world.clouds.entra.getGroup(group.groupId)).toBeUndefined();
      await world.stop();
    },
  );

  it.each(databases.ids)(
    'security rule 22: has a lease from the start, also where it is in AWS alone, on %s',
    async id => {
      const world = new ProvisioningWorld(
        await databases.initMigrated(id),
        sandbox,
      );
      const first = world.engine();
      first.start();
      count += 1;
      const name = `Relied${count}`;
      const made = await world.approvePlan(
        elevationOn(newPermissionSetArn('set'), 'create', [
          planObject(
            'permissionSet',
            'create',
            {
              name,
              description: null,
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
        ]),
      );
      await world.untilState(made.id, 'active');
      const [{ arn }] = (await world.stores.leases.listOfRequest(made.id))
        .map(({ object }) => object)
        .filter(object => object.kind === 'permissionSet');
      await first.stop();

      const pause = new Pause('findStoreUserByExternalId');
      world.engine({ clouds: pause.clouds(world.provider()) }).start();
      const relying = await world.approvePlan(elevationOn(arn!, 'untouched'));
      await pause.reached;
      expect(await leasesOf(world, relying.id)).toEqual([
        'permissionSet',
        'userAssignment',
      ]);
      await world.giveBack(made.id);
      await world.untilScim(sandbox, made.id, 'ended');
      pause.goOn();
      await world.untilState(relying.id, 'active');
      const { aws } = world.clouds;
      expect(
        await collectPages(
          aws.listAssignments(accountId('payments-dev'), arn!),
        ),
      ).toHaveLength(1);

      await world.giveBack(relying.id);
      await world.untilState(relying.id, 'ended');
      expect(
        await unlessMissing(() => aws.describePermissionSet(arn!)),
      ).toBeUndefined();
      await world.stop();
    },
  );

  it.each(databases.ids)(
    'security rule 22: is not relied on while its removal is on record, on %s',
    async id => {
      const knex = await databases.initMigrated(id);
      const world = new ProvisioningWorld(knex, sandbox);
      const pause = new Pause('removeMember');
      world.engine({ clouds: pause.clouds(world.provider()) }).start();
      const { joined, plan } = await setUp(world);
      await world.giveBack(joined.id);
      await pause.reached;

      const relying = await world.approvePlan(plan);
      await world.until(
        async () =>
          (await world.stores.requests.get(
            relying.id,
          ))!.stateReason?.startsWith('It waits until another request'),
        'the request to wait for the removal',
      );
      expect(await world.state(relying.id)).toBe('approved');
      expect(await leasesOf(world, relying.id)).toEqual([]);
      pause.goOn();
      await world.untilScim(sandbox, joined.id, 'ended');
      await world.stop();
    },
  );

  it.each(databases.ids)(
    'security rule 1: starts nothing by a plan that was read before a removal was done, on %s',
    async id => {
      const world = new ProvisioningWorld(
        await databases.initMigrated(id),
        sandbox,
      );
      const first = world.engine();
      first.start();
      const { groupName, joined, plan } = await setUp(world);
      await first.stop();

      let rounds = 0;
      const relying = await world.approvePlan(plan);
      const result = {
        plan,
        digest: planDigest(plan),
        policy: EMPTY_POLICY,
        problems: [],
        asOf: null,
      };
      world
        .engine({
          planner: {
            planFromInventory: async () => result,
            planFromClouds: async () => {
              rounds += 1;
              if (rounds === 1) {
                // The clouds were read for the plan; then he leaves.
                await world.giveBack(joined.id);
                await world.untilScim(sandbox, joined.id, 'ended');
                return result;
              }
              return {
                ...result,
                plan: null,
                digest: null,
                policy: null,
                problems: [
                  { path: 'people', message: 'Ben has left.', fix: 'Ask.' },
                ],
              };
            },
          },
        })
        .start();
      const after = await world.untilState(relying.id, 'pending', 'lapsed');
      expect(rounds).toBe(2);
      expect(after.stateReason).toContain('Ben has left.');
      expect(await leasesOf(world, relying.id)).toEqual([]);
      expect((await world.look(groupName)).members).toEqual(['ana']);
      expect(
        await world.knex('aws_access_steps').where('request_id', relying.id),
      ).toEqual([]);
      await world.stop();
    },
  );
});

/** Ana has the permission set in payments-dev herself. */
function elevationOn(
  permissionSetArn: string,
  action: 'create' | 'untouched',
  others: PlanObject[] = [],
): Plan {
  return {
    ...emptyPlan({
      people: ['ana'],
      accounts: ['payments-dev'],
      duration: 'PT1H',
    }),
    objects: [
      ...others,
      planObject('accountAssignment', action, {
        principal: { kind: 'person', entraUserId: personId('ana') },
        accountId: accountId('payments-dev'),
        permissionSetArn,
      }),
    ],
  };
}

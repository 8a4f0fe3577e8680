import { Plan, PlanAction } from 'backstage-plugin-aws-access-common';
import { RunningSandbox } from 'backstage-plugin-aws-access-sandbox';
import { findAdopted } from '../access/findAdopted';
import {
  createAccountAssignmentWrite,
  deleteAccountAssignmentWrite,
} from '../clouds/awsWrites';
import {
  addMemberWrite,
  assignGroupToApplicationWrite,
  createGroupWrite,
} from '../clouds/entraWrites';
import { isMadeByUs } from '../planning/facts/isMadeByUs';
import { findSetVerdict } from '../permissionSets/findSetVerdict';
import { groupPlan } from '../testing/changePlans';
import { createTestDatabases } from '../testing/databases';
import {
  accountId,
  emptyPlan,
  permissionSetArn,
  personId,
  planObject,
} from '../testing/planOf';
import { ProvisioningWorld } from '../testing/ProvisioningWorld';

jest.setTimeout(60_000);

const SCIM_CYCLE_MS = 41 * 60 * 1000;

describe('security rule 18: adopting', () => {
  const databases = createTestDatabases();
  let sandbox: RunningSandbox;
  let world: ProvisioningWorld;
  let count = 0;

  const open = async (id: (typeof databases.ids)[number]) => {
    // Entra takes five calls on demand in ten seconds of its own time.
    sandbox.clock.advance(10_000);
    world = new ProvisioningWorld(await databases.initMigrated(id), sandbox);
    world.engine().start();
  };

  const assignmentOf = async (groupId: string) => {
    const storeGroup = await world.clouds.aws.findStoreGroupByExternalId(
      groupId,
    );
    return {
      accountId: accountId('payments-dev'),
      permissionSetArn: permissionSetArn('ReadOnly'),
      principalType: 'GROUP' as const,
      principalId: storeGroup!.groupId,
    };
  };
  /** A group with Ben in it that somebody else made and gave payments-dev. */
  const makeForeignGroup = async () => {
    const displayName = `AWS-Test-Adoption-${(count += 1)}`;
    const group = {
      uniqueName: `foreign-${displayName}`,
      displayName,
      description: 'Made by somebody else',
    };
    const { groupId } = await world.outside(
      createGroupWrite(group),
      (clouds, seal) => clouds.entra.createGroup(seal, group),
    );
    await world.outside(
      addMemberWrite(groupId!, personId('ben')),
      (clouds, seal) => clouds.entra.addMember(seal, groupId!, personId('ben')),
    );
    await world.outside(
      assignGroupToApplicationWrite(groupId!),
      (clouds, seal) => clouds.entra.assignGroupToApplication(seal, groupId!),
    );
    sandbox.clock.advance(SCIM_CYCLE_MS);
    const assignment = await assignmentOf(groupId!);
    await world.outside(
      createAccountAssignmentWrite(assignment),
      (clouds, seal) => clouds.aws.createAccountAssignment(seal, assignment),
    );
    sandbox.clock.advance(60_000);
    return { groupId: groupId!, displayName };
  };
  type Group = Awaited<ReturnType<typeof makeForeignGroup>>;

  const adoptionPlan = ({ groupId, displayName }: Group): Plan => ({
    ...emptyPlan({
      people: ['ben'],
      accounts: ['payments-dev'],
      permissionSets: ['ReadOnly'],
    }),
    objects: [
      planObject(
        'accessGroup',
        'adopt',
        {
          displayName,
          description: 'Made by somebody else',
          memberIds: [personId('ben')],
        },
        { key: groupId, id: groupId },
      ),
      planObject('applicationAssignment', 'adopt', { accessGroup: groupId }),
      planObject('membership', 'adopt', {
        accessGroup: groupId,
        entraUserId: personId('ben'),
      }),
      planObject('accountAssignment', 'adopt', {
        principal: { kind: 'accessGroup', accessGroup: groupId },
        accountId: accountId('payments-dev'),
        permissionSetArn: permissionSetArn('ReadOnly'),
      }),
    ],
  });
  const setPlan = async (
    arn: string,
    action: PlanAction = 'adopt',
  ): Promise<Plan> => ({
    ...emptyPlan({}),
    objects: [
      planObject(
        'permissionSet',
        action,
        await world.clouds.aws.describePermissionSet(arn),
        { key: arn, id: arn },
      ),
    ],
  });
  const countCloudWrites = async (requestId: string) =>
    (
      await world
        .knex('aws_access_audit_events')
        .where({ request_id: requestId, kind: 'cloud.write-confirmed' })
    ).length;
  const removalOf = (group: Group) =>
    groupPlan({
      group,
      members: ['ben'],
      leave: ['ben'],
      unassign: ['payments-dev'],
      leavesApplication: true,
      goes: true,
    });

  beforeAll(async () => {
    sandbox = await ProvisioningWorld.startSandbox();
  });
  afterEach(() => world.stop());
  afterAll(() => sandbox.stop());

  describe.each(databases.ids)('on %s', databaseId => {
    it('security rule 18: looks after what it found, writes nothing, and takes it all away when it is given back', async () => {
      await open(databaseId);
      const group = await makeForeignGroup();
      const before = await world.look(group.displayName);
      const request = await world.approvePlan(adoptionPlan(group));
      await world.untilState(request.id, 'active');

      expect(await world.look(group.displayName)).toEqual(before);
      expect(await countCloudWrites(request.id)).toBe(0);
      const leases = await world.stores.leases.listOfRequest(request.id);
      expect(leases.map(({ object, endsAt }) => [object.kind, endsAt])).toEqual(
        [
          ['applicationAssignment', null],
          ['accountAssignment', null],
          ['accessGroup', null],
          ['membership', null],
        ],
      );
      for (const { objectKey } of leases) {
        expect(
          await isMadeByUs(world.stores, world.organizationId, objectKey),
        ).toBe(true);
      }
      // What is adopted is told from what was made.
      const adopted = await findAdopted(
        world.stores.provisioning.intents,
        world.organizationId,
        leases.map(({ object }) => object),
      );
      expect(adopted).toEqual(new Set(leases.map(one => one.objectKey)));
      const limits = await world.stores.writeLimits.count(world.organizationId);
      expect(limits).toEqual({ writes: 0, removals: 0 });
      const timeline = await world.stores.requests.listTimeline(request.id);
      expect(timeline.map(({ text }) => text)).toContain(
        'The access is under management now. Giving this request back, or ending it, removes the access itself',
      );
      const audited = await world
        .knex('aws_access_audit_events')
        .where({ request_id: request.id, kind: 'access.adopted' });
      expect(audited).toHaveLength(4);

      await world.giveBack(request.id);
      await world.untilState(request.id, 'ended');
      expect(await world.look(group.displayName)).toMatchObject({
        groups: 0,
        accounts: [],
      });
    });

    it('security rule 18: lets an approved removal take exactly what was adopted', async () => {
      await open(databaseId);
      const group = await makeForeignGroup();
      const foreign = await makeForeignGroup();
      const adoption = await world.approvePlan(adoptionPlan(group));
      await world.untilState(adoption.id, 'active');

      const refused = await world.approvePlan(removalOf(foreign));
      const stuck = await world.untilState(refused.id, 'stuck');
      expect(stuck.stateReason).toMatch(/was not made by this product/);

      const removal = await world.approvePlan(removalOf(group));
      await world.untilState(removal.id, 'ended');
      await world.untilState(adoption.id, 'ended');
      expect((await world.look(group.displayName)).groups).toBe(0);
    });

    it('security rule 18: adopts nothing that is not there any more', async () => {
      await open(databaseId);
      const group = await makeForeignGroup();
      const assignment = await assignmentOf(group.groupId);
      await world.outside(
        deleteAccountAssignmentWrite(assignment),
        (clouds, seal) => clouds.aws.deleteAccountAssignment(seal, assignment),
      );
      sandbox.clock.advance(60_000);
      const request = await world.approvePlan(adoptionPlan(group));
      const stuck = await world.untilState(request.id, 'stuck');
      expect(stuck.stateReason).toMatch(/taken away after the plan/);
      expect((await world.look(group.displayName)).accounts).toEqual([]);
    });

    it('security rule 15: adopts no group that a person owns', async () => {
      await open(databaseId);
      const group = await makeForeignGroup();
      sandbox.store.run(
        `INSERT INTO entra_group_owners (group_id, owner_id, owner_type, created_at)
         VALUES (?, ?, 'user', 0)`,
        [group.groupId, personId('uma')],
      );
      const request = await world.approvePlan(adoptionPlan(group));
      const stuck = await world.untilState(request.id, 'stuck');
      expect(stuck.stateReason).toMatch(/somebody else owns it/);
      expect(await world.stores.leases.listOfRequest(request.id)).toEqual([]);
    });

    it('security rule 18: looks after a permission set, and leaves it as long as somebody has it', async () => {
      await open(databaseId);
      const arn = permissionSetArn('SupportUser');
      const request = await world.approvePlan(await setPlan(arn));
      await world.untilState(request.id, 'active');
      expect(await countCloudWrites(request.id)).toBe(0);
      expect(
        await isMadeByUs(
          world.stores,
          world.organizationId,
          `permissionSet/${arn}`,
        ),
      ).toBe(true);
      const verdict = () =>
        findSetVerdict(world.stores, world.organizationId, arn);
      expect(await verdict()).toBe('adopted');

      await world.giveBack(request.id);
      await world.untilState(request.id, 'ended');
      const timeline = await world.stores.requests.listTimeline(request.id);
      expect(timeline.map(({ text }) => text)).toContainEqual(
        expect.stringContaining('is kept, because it is still assigned'),
      );
      expect(await verdict()).toBe('unmanaged');
      expect(await world.clouds.aws.describePermissionSet(arn)).toBeDefined();
    });
  });
});

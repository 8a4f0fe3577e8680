import { Plan } from 'backstage-plugin-aws-access-common';
import {
  addMemberWrite,
  assignGroupToApplicationWrite,
  createGroupWrite,
} from '../clouds/entraWrites';
import { elevationPlan, groupPlan } from './changePlans';
import { CrashPoint } from './CrashPoint';
import {
  accountId,
  emptyPlan,
  permissionSetArn,
  personId,
  planObject,
  planOf,
} from './planOf';
import { ProvisioningWorld } from './ProvisioningWorld';

/** One run of a kind of change, in which workers die on the way. */
export interface CrashRun {
  world: ProvisioningWorld;
  /** Not used by another run. */
  groupName: string;
  /** Where a worker dies while the access is set up. */
  grant: CrashPoint;
  /** Where a worker dies while it is taken away. */
  removal: CrashPoint;
  /** Brings what is in Entra now to AWS. */
  passScimCycle(): void;
}

/** A kind of change that must end up the same wherever a worker dies. */
export interface CrashKind {
  /** Points it has at least, on the way there or back. */
  commits: number;
  cloudWrites: number;
  /** Runs where nobody asks for others: the whole suite must stay short. */
  isUsual?: boolean;
  run(run: CrashRun): Promise<void>;
}

const NOTHING = { groups: 0, members: [], inApplication: false, accounts: [] };

/** By name; the suite runs the usual ones, and the others where it is asked to. */
export const crashKinds: Record<string, CrashKind> = {
  accessGroup: {
    // A group, a member, an application assignment, a call on demand and an
    // account assignment; each has commits around it.
    cloudWrites: 5,
    commits: 20,
    isUsual: true,
    run: giveNewGroup,
  },

  elevation: {
    cloudWrites: 1,
    commits: 8,
    isUsual: true,
    run: elevate,
  },

  /** People and an assignment of a group that somebody else made. */
  existingGroup: {
    cloudWrites: 3,
    commits: 14,
    run: changeExistingGroup,
  },

  /** Everything of a group that another request made, and the group. */
  approvedRemoval: {
    // The request that loses it all may be first with the group.
    cloudWrites: 3,
    commits: 14,
    run: removeByApproval,
  },

  /** What another request gave to a person directly. */
  elevationRemoval: {
    cloudWrites: 1,
    // Starting, its one step, and its end.
    commits: 4,
    run: removeElevation,
  },

  /** A new group with accounts that are kept true by a scope. */
  scope: {
    cloudWrites: 5,
    commits: 20,
    run: giveScope,
  },

  /** A group of somebody else's is taken under management, and given back. */
  adoption: {
    cloudWrites: 3,
    commits: 8,
    run: adoptGroup,
  },
};

async function giveNewGroup({ world, groupName, grant, removal }: CrashRun) {
  const request = await world.approve({ groupName });
  await world.dieAndContinue(grant, request.id, 'active');
  expect(await world.look(groupName)).toEqual({
    groups: 1,
    members: ['ana'],
    inApplication: true,
    accounts: ['payments-dev'],
  });
  // Nothing twice: one write of each was seen, and none is unknown any more.
  expect(await world.listWrites(request.id, 'grant')).toEqual([
    'accessGroup',
    'accountAssignment',
    'applicationAssignment',
    'membership',
  ]);
  await world.giveBack(request.id);
  await world.dieAndContinue(removal, request.id, 'ended');
  expect(await world.look(groupName)).toEqual(NOTHING);
  await expectAllRemoved(world, request.id, 4);
}

async function elevate({ world, grant, removal }: CrashRun) {
  const request = await world.approvePlan(elevationPlan({}));
  await world.dieAndContinue(grant, request.id, 'active');
  expect(await world.listElevated('payments-dev')).toEqual(['ana']);
  expect(await world.listWrites(request.id, 'grant')).toEqual([
    'userAssignment',
  ]);
  await world.giveBack(request.id);
  await world.dieAndContinue(removal, request.id, 'ended');
  expect(await world.listElevated('payments-dev')).toEqual([]);
  await expectAllRemoved(world, request.id, 1);
}

async function changeExistingGroup({
  world,
  groupName,
  grant,
  removal,
}: CrashRun) {
  const group = await makeForeignGroup(world, groupName);
  const request = await world.approvePlan(
    groupPlan({
      group,
      members: ['ben'],
      join: ['ana'],
      stay: ['ben'],
      assign: ['payments-dev'],
      duration: 'PT8H',
    }),
  );
  await world.dieAndContinue(grant, request.id, 'active');
  expect(await world.look(groupName)).toEqual({
    groups: 1,
    members: ['ana', 'ben'],
    inApplication: true,
    accounts: ['payments-dev'],
  });
  expect(await world.listWrites(request.id, 'grant')).toEqual([
    'accountAssignment',
    'membership',
  ]);
  await world.giveBack(request.id);
  await world.dieAndContinue(removal, request.id, 'ended');
  expect(await world.look(groupName)).toEqual({
    groups: 1,
    members: ['ben'],
    inApplication: true,
    accounts: [],
  });
}

async function removeByApproval({
  world,
  groupName,
  grant,
  removal,
}: CrashRun) {
  const loser = await world.approve({ groupName });
  const engine = world.engine();
  engine.start();
  await world.untilState(loser.id, 'active');
  await engine.stop();
  const [{ groupId }] = await world.clouds.entra.findGroupsByDisplayName(
    groupName,
  );
  const request = await world.approvePlan(
    groupPlan({
      group: { groupId, displayName: groupName },
      members: ['ana'],
      leave: ['ana'],
      unassign: ['payments-dev'],
      leavesApplication: true,
      goes: true,
    }),
  );
  await world.dieAndContinue(grant, request.id, 'ended');
  expect(await world.look(groupName)).toEqual(NOTHING);
  await world.dieAndContinue(removal, loser.id, 'ended');
  await expectAllRemoved(world, request.id, 4);
  const timeline = await world.stores.requests.listTimeline(loser.id);
  const told = timeline.filter(event => event.text.includes('takes away'));
  // With its assignment and its member it has lost all it gave, and ends.
  expect(told).toHaveLength(2);
}

async function removeElevation({ world, grant, removal }: CrashRun) {
  const loser = await world.approvePlan(elevationPlan({}));
  const engine = world.engine();
  engine.start();
  await world.untilState(loser.id, 'active');
  await engine.stop();
  const request = await world.approvePlan(elevationPlan({ action: 'remove' }));
  await world.dieAndContinue(grant, request.id, 'ended');
  expect(await world.listElevated('payments-dev')).toEqual([]);
  await world.dieAndContinue(removal, loser.id, 'ended');
  await expectAllRemoved(world, request.id, 1);
}

async function giveScope({ world, groupName, grant, removal }: CrashRun) {
  const access = planOf({ groupName, duration: null });
  const request = await world.approvePlan({
    ...access,
    objects: [
      ...access.objects,
      planObject('scope', 'create', {
        accessGroup: 'access',
        permissionSetArn: permissionSetArn('ReadOnly'),
        scope: { kind: 'tag', key: 'owner', value: 'petra', maxAccounts: 3 },
        accountIds: [accountId('payments-dev')],
        seconds: 3600,
      }),
    ],
  });
  await world.dieAndContinue(grant, request.id, 'active');
  expect(await world.look(groupName)).toMatchObject({
    groups: 1,
    accounts: ['payments-dev'],
  });
  // One mandate, however often its start was tried.
  const mandates = () =>
    world.knex('aws_access_mandates').where({ request_id: request.id });
  expect(await mandates()).toHaveLength(1);
  await world.giveBack(request.id);
  await world.dieAndContinue(removal, request.id, 'ended');
  expect(await world.look(groupName)).toEqual(NOTHING);
  await expectAllRemoved(world, request.id, 4);
}

async function adoptGroup({
  world,
  groupName,
  grant,
  removal,
  passScimCycle,
}: CrashRun) {
  const group = await makeForeignGroup(world, groupName);
  passScimCycle();
  const there = await world.look(groupName);
  const request = await world.approvePlan(adoptionPlan(group));
  await world.dieAndContinue(grant, request.id, 'active');
  expect(await world.look(groupName)).toEqual(there);
  await world.giveBack(request.id);
  await world.dieAndContinue(removal, request.id, 'ended');
  expect(await world.look(groupName)).toEqual(NOTHING);
  await expectAllRemoved(world, request.id, 3);
}

function adoptionPlan(of: { groupId: string; displayName: string }): Plan {
  const { groupId, displayName } = of;
  return {
    ...emptyPlan({ people: ['ben'], accounts: [], permissionSets: [] }),
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
    ],
  };
}

async function makeForeignGroup(world: ProvisioningWorld, displayName: string) {
  const group = {
    uniqueName: `foreign-${displayName}`,
    displayName,
    description: 'Made by somebody else',
  };
  const { groupId } = await world.outside(
    createGroupWrite(group),
    (clouds, seal) => clouds.entra.createGroup(seal, group),
  );
  const ben = personId('ben');
  await world.outside(addMemberWrite(groupId!, ben), (clouds, seal) =>
    clouds.entra.addMember(seal, groupId!, ben),
  );
  await world.outside(assignGroupToApplicationWrite(groupId!), (clouds, seal) =>
    clouds.entra.assignGroupToApplication(seal, groupId!),
  );
  return { groupId: groupId!, displayName };
}

async function expectAllRemoved(
  world: ProvisioningWorld,
  requestId: string,
  count: number,
): Promise<void> {
  const { footprints } = world.stores.provisioning;
  expect(await footprints.listOfRequest(requestId)).toEqual([]);
  const leases = await world.stores.leases.listOfRequest(requestId);
  expect(leases).toHaveLength(count);
  expect(leases.every(lease => lease.removedAt !== null)).toBe(true);
}

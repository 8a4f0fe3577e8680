import { RunningSandbox } from 'backstage-plugin-aws-access-sandbox';
import { createAccountAssignmentWrite } from '../clouds/awsWrites';
import {
  addMemberWrite,
  assignGroupToApplicationWrite,
  createGroupWrite,
} from '../clouds/entraWrites';
import { elevationPlan, groupPlan } from '../testing/changePlans';
import { createTestDatabases } from '../testing/databases';
import { accountId, permissionSetArn, personId } from '../testing/planOf';
import { ProvisioningWorld } from '../testing/ProvisioningWorld';

jest.setTimeout(60_000);

const SCIM_CYCLE_MS = 41 * 60 * 1000;

describe('every kind of change', () => {
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
  const uniqueGroupName = () => `AWS-Test-Kinds-${(count += 1)}`;

  /** A group that somebody else made, with members, as SCIM has carried it. */
  const makeForeignGroup = async (members: string[] = []) => {
    const displayName = uniqueGroupName();
    const group = {
      uniqueName: `foreign-${displayName}`,
      displayName,
      description: 'Made by somebody else',
    };
    const { groupId } = await world.outside(
      createGroupWrite(group),
      (clouds, seal) => clouds.entra.createGroup(seal, group),
    );
    for (const member of members.map(personId)) {
      await world.outside(addMemberWrite(groupId!, member), (clouds, seal) =>
        clouds.entra.addMember(seal, groupId!, member),
      );
    }
    await world.outside(
      assignGroupToApplicationWrite(groupId!),
      (clouds, seal) => clouds.entra.assignGroupToApplication(seal, groupId!),
    );
    sandbox.clock.advance(SCIM_CYCLE_MS);
    return { groupId: groupId!, displayName };
  };
  /** An active request that made a group with an assignment in payments-dev. */
  const makeOwnGroup = async (people = ['ana']) => {
    const displayName = uniqueGroupName();
    const request = await world.approve({ groupName: displayName, people });
    await world.untilState(request.id, 'active');
    const [group] = await world.clouds.entra.findGroupsByDisplayName(
      displayName,
    );
    return { request, group: { groupId: group.groupId, displayName } };
  };
  const timelineOf = async (requestId: string) =>
    (await world.stores.requests.listTimeline(requestId)).map(
      event => event.text,
    );
  const auditOf = async (requestId: string, kind: string) =>
    world
      .knex('aws_access_audit_events')
      .where({ request_id: requestId, kind });

  beforeAll(async () => {
    sandbox = await ProvisioningWorld.startSandbox();
  });
  afterEach(() => world.stop());
  afterAll(() => sandbox.stop());

  describe.each(databases.ids)('on %s', databaseId => {
    it('elevates people by direct assignments, and ends them on time', async () => {
      await open(databaseId);
      const request = await world.approvePlan(
        elevationPlan({
          people: ['ana', 'ben'],
          accounts: ['payments-dev', 'data-dev'],
        }),
      );
      await world.untilState(request.id, 'active');
      expect(await world.listElevated('payments-dev')).toEqual(['ana', 'ben']);
      expect(await world.listElevated('data-dev')).toEqual(['ana', 'ben']);
      const leases = await world.stores.leases.listOfRequest(request.id);
      expect(leases.map(lease => lease.object.kind)).toEqual(
        Array(4).fill('userAssignment'),
      );

      await world.passEnd(request.id);
      await world.untilScim(sandbox, request.id, 'ended');
      expect(await world.listElevated('payments-dev')).toEqual([]);
      expect(await world.listElevated('data-dev')).toEqual([]);
    });

    it('puts people into a group that exists for a time, and leaves the rest of it alone', async () => {
      await open(databaseId);
      const group = await makeForeignGroup(['ben']);
      const request = await world.approvePlan(
        groupPlan({
          group,
          members: ['ben'],
          join: ['ana'],
          stay: ['ben'],
          duration: 'PT8H',
        }),
      );
      await world.untilState(request.id, 'active');
      expect((await world.look(group.displayName)).members).toEqual([
        'ana',
        'ben',
      ]);
      expect(await world.listWrites(request.id, 'grant')).toEqual([
        'membership',
      ]);

      await world.passEnd(request.id);
      // Entra shows it first; until SCIM's next cycle she can open sessions.
      const verifying = await world.until(async () => {
        const steps = await world.stores.provisioning.listSteps(request.id);
        return steps.find(
          ({ kind, state }) => kind === 'verifyGone' && state === 'waiting',
        );
      }, 'the request to wait for SCIM');
      expect(verifying.detail).toBe(
        `Waiting for SCIM, up to 40 minutes: AWS still shows Ana Alves in ${group.displayName}.`,
      );
      expect((await world.look(group.displayName)).members).toEqual(['ben']);
      expect(await world.state(request.id)).toBe('ending');
      await world.untilScim(sandbox, request.id, 'ended');
      expect(await world.look(group.displayName)).toMatchObject({
        groups: 1,
        members: ['ben'],
        inApplication: true,
      });
    });

    it('assigns to a group that exists, and takes only that away', async () => {
      await open(databaseId);
      const group = await makeForeignGroup(['ben']);
      const request = await world.approvePlan(
        groupPlan({
          group,
          members: ['ben'],
          assign: ['payments-dev'],
          duration: 'PT8H',
        }),
      );
      await world.untilState(request.id, 'active');
      expect((await world.look(group.displayName)).accounts).toEqual([
        'payments-dev',
      ]);
      await world.giveBack(request.id);
      await world.untilScim(sandbox, request.id, 'ended');
      expect(await world.look(group.displayName)).toEqual({
        groups: 1,
        members: ['ben'],
        inApplication: true,
        accounts: [],
      });
    });

    it('notes what is there already, so that an earlier end does not take it away', async () => {
      await open(databaseId);
      const first = await world.approvePlan(elevationPlan({}));
      await world.untilState(first.id, 'active');
      const second = await world.approvePlan(
        elevationPlan({ action: 'untouched' }),
      );
      await world.untilState(second.id, 'active');
      await world.giveBack(first.id);
      await world.untilState(first.id, 'ended');
      expect(await world.listElevated('payments-dev')).toEqual(['ana']);
      await world.giveBack(second.id);
      await world.untilState(second.id, 'ended');
      expect(await world.listElevated('payments-dev')).toEqual([]);
    });

    it('gives nothing that nobody agreed to, when what should be there has gone', async () => {
      await open(databaseId);
      const request = await world.approvePlan(
        elevationPlan({ action: 'untouched' }),
      );
      const stuck = await world.untilState(request.id, 'stuck');
      expect(stuck.stateReason).toMatch(/taken away after the plan/);
      expect(await world.listElevated('payments-dev')).toEqual([]);
    });

    it('removes what others have, ends their leases, and is done', async () => {
      await open(databaseId);
      const { request: loser, group } = await makeOwnGroup(['ana', 'ben']);
      const removal = await world.approvePlan(
        groupPlan({
          group,
          members: ['ana', 'ben'],
          leave: ['ben'],
          unassign: ['payments-dev'],
        }),
      );
      const done = await world.untilScim(sandbox, removal.id, 'ended');
      expect(done.endsAt).toBeNull();
      expect(await world.look(group.displayName)).toMatchObject({
        members: ['ana'],
        accounts: [],
      });
      expect(await timelineOf(removal.id)).toContain(
        'Done. Checked in AWS and Entra: what was removed is gone',
      );
      expect(await timelineOf(loser.id)).toContain(
        `Request ${removal.number} takes away, as it was approved, one thing that this request gave`,
      );
      expect(await auditOf(loser.id, 'lease.taken-away')).toHaveLength(2);
      expect(await world.listWrites(removal.id, 'grant')).toEqual([
        'accountAssignment',
        'membership',
      ]);
      const taken = await world.stores.leases.listOfRequest(removal.id);
      expect(taken.map(lease => lease.removedAt !== null)).toEqual([
        true,
        true,
      ]);
      // Ana is still in its group, so it goes on.
      expect(await world.state(loser.id)).toBe('active');
      const takenFrom = (requestId: string) =>
        world.stores.leases
          .listOfRequest(requestId)
          .then(leases => leases.filter(lease => lease.takenByRequestId));
      expect(await takenFrom(loser.id)).toEqual([
        expect.objectContaining({
          object: expect.objectContaining({ kind: 'accountAssignment' }),
          takenByRequestId: removal.id,
          removedAt: expect.any(String),
        }),
        expect.objectContaining({
          object: expect.objectContaining({ kind: 'membership' }),
          takenByRequestId: removal.id,
          removedAt: expect.any(String),
        }),
      ]);
      expect(await auditOf(loser.id, 'lease.removed')).toHaveLength(2);
      const { footprints } = world.stores.provisioning;
      expect(await footprints.listOfRequest(removal.id)).toEqual([]);

      // Its own end says who took it, and claims nothing of what is there again.
      const write = addMemberWrite(group.groupId, personId('ben'));
      await world.outside(write, (clouds, seal) =>
        clouds.entra.addMember(seal, group.groupId, personId('ben')),
      );
      await world.giveBack(loser.id);
      await world.untilState(loser.id, 'ended');
      const text = (await timelineOf(loser.id)).join('\n');
      const { number } = removal;
      expect(text).toContain(
        `payments-dev was taken away by request ${number}, as it was approved`,
      );
      expect(text).toMatch(
        new RegExp(`Ben Brandt in \\S+ was taken away by request ${number}`),
      );
      expect(text).not.toContain('not made by this product');
    });

    it('ends a request that gives nothing any more', async () => {
      await open(databaseId);
      const loser = await world.approvePlan(elevationPlan({}));
      await world.untilState(loser.id, 'active');
      const removal = await world.approvePlan(
        elevationPlan({ action: 'remove' }),
      );
      await world.untilScim(sandbox, removal.id, 'ended');
      await world.untilState(loser.id, 'ended');
      expect(await timelineOf(loser.id)).toContain('It gives nothing any more');
      expect(await world.listElevated('payments-dev')).toEqual([]);
    });

    it('says of what others made who took it away, and that it was seen gone', async () => {
      await open(databaseId);
      const user = await world.clouds.aws.findStoreUserByExternalId(
        personId('ana'),
      );
      const assignment = {
        accountId: accountId('payments-dev'),
        permissionSetArn: permissionSetArn('ReadOnly'),
        principalType: 'USER' as const,
        principalId: user!.userId,
      };
      await world.outside(
        createAccountAssignmentWrite(assignment),
        (clouds, seal) => clouds.aws.createAccountAssignment(seal, assignment),
      );
      await world.until(
        async () => (await world.listElevated('payments-dev')).length === 1,
        'the assignment to be there',
      );
      const loser = await world.approvePlan(
        elevationPlan({ action: 'untouched' }),
      );
      await world.untilState(loser.id, 'active');
      const removal = await world.approvePlan(
        elevationPlan({ action: 'remove' }),
      );
      await world.untilScim(sandbox, removal.id, 'ended');
      await world.untilState(loser.id, 'ended');
      const [lease] = await world.stores.leases.listOfRequest(loser.id);
      expect(lease).toMatchObject({
        takenByRequestId: removal.id,
        removedAt: expect.any(String),
      });
      expect((await timelineOf(loser.id)).join('\n')).toMatch(
        new RegExp(`(left to|taken away by) request ${removal.number}`),
      );
    });

    it('deletes a group of ours with everything in it, and no group of others', async () => {
      await open(databaseId);
      const { request: loser, group } = await makeOwnGroup();
      const removal = await world.approvePlan(
        groupPlan({
          group,
          members: ['ana'],
          leave: ['ana'],
          unassign: ['payments-dev'],
          leavesApplication: true,
          goes: true,
        }),
      );
      await world.untilScim(sandbox, removal.id, 'ended');
      await world.untilState(loser.id, 'ended');
      expect(await world.look(group.displayName)).toMatchObject({
        groups: 0,
        accounts: [],
      });

      const foreign = await makeForeignGroup(['ben']);
      const refused = await world.approvePlan(
        groupPlan({ group: foreign, members: ['ben'], goes: true }),
      );
      const stuck = await world.untilState(refused.id, 'stuck');
      expect(stuck.stateReason).toMatch(/was not made by this product/);
      expect((await world.look(foreign.displayName)).groups).toBe(1);
    });

    it('security rule 25: ends what a disabled person has, and leaves it to the others', async () => {
      await open(databaseId);
      const { request, group } = await makeOwnGroup(['ines', 'ben']);
      const own = await world.approvePlan(elevationPlan({ people: ['ines'] }));
      await world.untilState(own.id, 'active');
      const enable = (value: 0 | 1) =>
        sandbox.store.run(
          'UPDATE entra_users SET account_enabled = ? WHERE id = ?',
          [value, personId('ines')],
        );
      enable(0);
      try {
        await world.untilState(own.id, 'ended');
        await world.until(
          async () =>
            (await world.look(group.displayName)).members.join() === 'ben',
          'the member to leave',
        );
        expect(await world.state(request.id)).toBe('active');
        expect((await world.look(group.displayName)).accounts).toEqual([
          'payments-dev',
        ]);
        expect((await timelineOf(request.id)).join()).toMatch(
          /is disabled in Entra\. That part ends as request \d+/,
        );
        expect(await world.listElevated('payments-dev')).toEqual([]);
      } finally {
        enable(1);
      }
    });

    it('security rule 1: lets a membership and an assignment of one group follow one another', async () => {
      await open(databaseId);
      const group = await makeForeignGroup();
      const membership = groupPlan({ group, join: ['ana'] });
      const assignment = groupPlan({ group, assign: ['payments-dev'] });
      const first = await world.approvePlan(membership);
      const second = await world.approvePlan(assignment);
      await world.untilState(first.id, 'active');
      await world.untilState(second.id, 'active');
      const [one, other] = await Promise.all(
        [first, second].map(({ id }) =>
          world.stores.provisioning.listSteps(id),
        ),
      );
      const spans = [one, other].map(steps => ({
        from: steps.map(step => step.startedAt!).sort()[0],
        until: steps
          .map(step => step.finishedAt!)
          .sort()
          .pop()!,
      }));
      expect(
        spans[0].until <= spans[1].from || spans[1].until <= spans[0].from,
      ).toBe(true);
    });

    it('security rule 1: gives a group nothing while AWS shows somebody in it who has left it', async () => {
      await open(databaseId);
      const group = await makeForeignGroup(['ben', 'ana']);
      const request = await world.approvePlan(
        groupPlan({
          group,
          members: ['ana', 'ben'],
          leave: ['ben'],
          assign: ['payments-dev'],
        }),
      );
      const isWaiting = async () => {
        const steps = await world.stores.provisioning.listSteps(request.id);
        return steps.some(({ detail }) =>
          detail?.includes('AWS still shows Ben Brandt in the group'),
        );
      };
      await world.until(isWaiting, 'the request to wait for SCIM');
      expect(await world.look(group.displayName)).toMatchObject({
        members: ['ana'],
        accounts: [],
      });

      sandbox.clock.advance(SCIM_CYCLE_MS);
      await world.untilState(request.id, 'active');
      expect((await world.look(group.displayName)).accounts).toEqual([
        'payments-dev',
      ]);
    });

    it('security rule 15: does not use a group that others may fill', async () => {
      await open(databaseId);
      const group = await makeForeignGroup();
      const owner = personId('otto');
      const answer = await fetch(
        `${sandbox.url}/v1.0/groups/${group.groupId}/owners/$ref`,
        {
          method: 'POST',
          headers: {
            authorization: 'Bearer sandbox-portal-token',
            'content-type': 'application/json',
          },
          body: JSON.stringify({
            '@odata.id': `https://graph.microsoft.com/v1.0/users/${owner}`,
          }),
        },
      );
      expect(answer.status).toBe(204);
      const request = await world.approvePlan(
        groupPlan({ group, join: ['ana'] }),
      );
      const stuck = await world.untilState(request.id, 'stuck');
      expect(stuck.stateReason).toMatch(/somebody else owns it/);
      expect((await world.look(group.displayName)).members).toEqual([]);
    });
  });
});

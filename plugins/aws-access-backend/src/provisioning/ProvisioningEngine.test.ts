import { createDeferred } from '@backstage/types';
import {
  examplePeople,
  RunningSandbox,
} from 'backstage-plugin-aws-access-sandbox';
import { CloudError } from '../clouds/CloudError';
import {
  addMemberWrite,
  assignGroupToApplicationWrite,
  createGroupWrite,
  deleteGroupWrite,
} from '../clouds/entraWrites';
import { endAccess } from '../leases/endAccess';
import { elevationPlan } from '../testing/changePlans';
import { createTestDatabases } from '../testing/databases';
import { Pause } from '../testing/Pause';
import { accountId, personId, planOf } from '../testing/planOf';
import { ProvisioningWorld } from '../testing/ProvisioningWorld';
import { retryStuckRequest } from './running/retryStuckRequest';

jest.setTimeout(60_000);

/** SCIM leaves out whoever has no surname. */
const WITHOUT_SURNAME = examplePeople.find(person => !person.surname)!.name;
const SCIM_CYCLE_MS = 41 * 60 * 1000;
const NOTHING = { groups: 0, members: [], inApplication: false, accounts: [] };

/** Something that begins when it is called, and goes on when it may. */
function makeHeld() {
  const begun = createDeferred();
  const gone = createDeferred();
  const hold = async () => {
    begun.resolve();
    await gone;
  };
  return { begun, hold, letGo: gone.resolve };
}

describe('ProvisioningEngine', () => {
  const databases = createTestDatabases();
  let sandbox: RunningSandbox;
  let world: ProvisioningWorld;
  let count = 0;

  const uniqueGroupName = () => `AWS-Test-Engine-${(count += 1)}`;
  const open = async (id: (typeof databases.ids)[number]) => {
    // Entra takes five calls on demand in ten seconds of its own time.
    sandbox.clock.advance(10_000);
    world = new ProvisioningWorld(await databases.initMigrated(id), sandbox);
    return world;
  };
  const giveBack = (requestId: string) =>
    world.stores.transaction(async stores =>
      endAccess(stores, {
        request: (await stores.requests.get(requestId))!,
        actorRef: 'user:default/ana',
        kind: 'returned',
        text: 'Given back',
      }),
    );

  const retry = (requestId: string) =>
    world.stores.transaction(async stores =>
      retryStuckRequest(stores, {
        request: (await stores.requests.get(requestId))!,
        actorRef: 'user:default/ida',
      }),
    );
  const makeForeignGroup = async (displayName: string) => {
    const group = {
      uniqueName: `foreign-${displayName}`,
      displayName,
      description: 'Made by somebody else',
    };
    const { groupId } = await world.outside(
      createGroupWrite(group),
      (clouds, seal) => clouds.entra.createGroup(seal, group),
    );
    return groupId!;
  };

  beforeAll(async () => {
    sandbox = await ProvisioningWorld.startSandbox();
  });
  afterEach(() => world.stop());
  afterAll(() => sandbox.stop());

  describe.each(databases.ids)('on %s', databaseId => {
    it('sets up an approved request in both clouds, and takes it away again', async () => {
      await open(databaseId);
      const groupName = uniqueGroupName();
      const request = await world.approve({
        groupName,
        people: ['ana', 'ben'],
        accounts: ['payments-dev', 'payments-staging'],
      });
      world.engine().start();

      const active = await world.untilState(request.id, 'active');
      expect(await world.look(groupName)).toEqual({
        groups: 1,
        members: ['ana', 'ben'],
        inApplication: true,
        accounts: ['payments-dev', 'payments-staging'],
      });
      expect(Date.parse(active.endsAt!) - Date.parse(active.startsAt!)).toBe(
        8 * 3600 * 1000,
      );
      const { footprints } = world.stores.provisioning;
      expect(await footprints.listOfRequest(request.id)).toEqual([]);
      const leases = await world.stores.leases.listOfRequest(request.id);
      expect(leases.map(lease => lease.object.kind).sort()).toEqual([
        'accessGroup',
        'accountAssignment',
        'accountAssignment',
        'applicationAssignment',
        'membership',
        'membership',
      ]);
      expect(new Set(leases.map(lease => lease.endsAt))).toEqual(
        new Set([active.endsAt]),
      );

      await giveBack(request.id);
      await world.untilState(request.id, 'ended');
      expect(await world.look(groupName)).toEqual(NOTHING);
      const removed = await world.stores.leases.listOfRequest(request.id);
      expect(removed.every(lease => lease.removedAt !== null)).toBe(true);
    });

    it('carries on other requests while one waits for SCIM', async () => {
      await open(databaseId);
      const waiting = await world.approve({
        groupName: uniqueGroupName(),
        people: [WITHOUT_SURNAME],
      });
      world.engine().start();
      const propagating = await world.untilState(waiting.id, 'propagating');
      const steps = await world.stores.provisioning.listSteps(propagating.id);
      const step = steps.find(one => one.kind === 'awaitIdentityStoreGroup')!;
      expect(step.detail).toMatch(/^Waiting for SCIM, up to 40 minutes/);

      const other = await world.approve({ groupName: uniqueGroupName() });
      await world.untilState(other.id, 'active');
      expect(await world.state(waiting.id)).toBe('propagating');

      // The end acts in this state as in any other.
      await giveBack(waiting.id);
      await world.untilState(waiting.id, 'ended');
    });

    it('security rule 1: does not start while another request changes the same group', async () => {
      await open(databaseId);
      const groupName = uniqueGroupName();
      const first = await world.approve({
        groupName,
        people: [WITHOUT_SURNAME],
      });
      world.engine().start();
      await world.untilState(first.id, 'propagating');
      const second = await world.approve({ groupName });
      const { footprints } = world.stores.provisioning;
      const bystander = await world.approve({ groupName: uniqueGroupName() });
      await world.untilState(bystander.id, 'active');
      expect(await world.state(second.id)).toBe('approved');
      expect(await footprints.listOfRequest(second.id)).toEqual([]);
      await giveBack(first.id);
      await world.untilState(first.id, 'ended');

      // It has the name now, but the first group's copy is still in AWS.
      const step = await world.until(async () => {
        const [group] = await world.stores.provisioning.listSteps(second.id);
        return group?.state === 'waiting' && group;
      }, 'the second group to wait for its name');
      expect(step.detail).toMatch(/^Waiting until the next SCIM cycle/);
      sandbox.clock.advance(SCIM_CYCLE_MS);
      await world.untilState(second.id, 'active');
    });

    it('security rule 2: asks again when the world moved beyond what was approved', async () => {
      await open(databaseId);
      const groupName = uniqueGroupName();
      const request = await world.approve({ groupName });
      world.replan(request.id, { groupName, accounts: ['payments-prod'] });
      world.engine().start();
      const pending = await world.untilState(request.id, 'pending');
      expect(pending.planVersion).toBe(2);
      expect(pending.stateReason).toMatch(/payments-prod/);
      const { footprints } = world.stores.provisioning;
      expect(await footprints.listOfRequest(request.id)).toEqual([]);
      expect(await world.look(groupName)).toEqual(NOTHING);
    });

    it('security rule 13: refuses a group name that looks like another group, and goes on once it is free', async () => {
      await open(databaseId);
      const groupName = uniqueGroupName();
      const lookAlike = await makeForeignGroup(
        groupName.toLocaleUpperCase('en'),
      );
      const request = await world.approve({ groupName });
      world.engine().start();
      const stuck = await world.untilState(request.id, 'stuck');
      expect(stuck.stateReason).toContain(`named like ${groupName}`);

      await world.outside(deleteGroupWrite(lookAlike), (clouds, seal) =>
        clouds.entra.deleteGroup(seal, lookAlike),
      );
      await retry(request.id);
      await world.untilState(request.id, 'active');
      expect((await world.look(groupName)).members).toEqual(['ana']);
    });

    it("security rule 30: is stuck with the reason in plain words, keeps AWS's own for operators, and goes on from that step when it is retried", async () => {
      await open(databaseId);
      const groupName = uniqueGroupName();
      const request = await world.approve({
        groupName,
        // Needs a customer managed policy that only the data accounts have.
        permissionSet: 'DataScientist',
      });
      world.engine().start();
      const stuck = await world.untilState(request.id, 'stuck');
      expect(stuck.stateReason).toContain(
        'a customer managed policy that the account does not have',
      );
      expect(stuck.stateReason).not.toContain('ParcelAnalysisWorkspace');
      const steps = await world.stores.provisioning.listSteps(request.id);
      expect(
        steps.find(step => step.state === 'failed')?.cloudMessage,
      ).toContain('ParcelAnalysisWorkspace');

      sandbox.store.run(
        'INSERT INTO aws_account_customer_policies (account_id, name, path) VALUES (?, ?, ?)',
        [accountId('payments-dev'), 'ParcelAnalysisWorkspace', '/parcel/'],
      );
      const retried = await retry(request.id);
      expect(retried.state).toBe('propagating');
      await world.untilState(request.id, 'active');
      sandbox.store.run(
        'DELETE FROM aws_account_customer_policies WHERE account_id = ?',
        [accountId('payments-dev')],
      );
      const timeline = await world.stores.requests.listTimeline(request.id);
      const kinds = timeline.map(event => event.kind);
      expect(kinds.filter(kind => kind === 'stuck')).toHaveLength(1);
      expect(kinds.filter(kind => kind === 'retried')).toHaveLength(1);
    });

    it('makes no more assignments at once than is configured', async () => {
      await open(databaseId);
      const groupName = uniqueGroupName();
      const accounts = ['payments-dev', 'payments-staging', 'payments-prod'];
      const request = await world.approve({ groupName, accounts });
      const config = world.config({
        limits: { requestsPerSecond: 1000, outstandingAssignments: 1 },
      });
      world.engine({ config }).start();
      await world.untilState(request.id, 'active');
      expect((await world.look(groupName)).accounts).toHaveLength(3);
      // AWS's own record: the next began when the one before was over.
      const [third, second, first] = sandbox.store.all<{
        created_at: number;
        completes_at: number;
      }>(
        `SELECT created_at, completes_at FROM aws_operations
          WHERE kind = 'create' ORDER BY seq DESC LIMIT 3`,
      );
      expect(second.created_at).toBeGreaterThanOrEqual(first.completes_at);
      expect(third.created_at).toBeGreaterThanOrEqual(second.completes_at);
    });

    it.each(['active', 'stuck'] as const)(
      'security rule 22: takes access away at its end when it is %s',
      async state => {
        await open(databaseId);
        const groupName = uniqueGroupName();
        const request = await world.approve({
          groupName,
          permissionSet: state === 'stuck' ? 'DataScientist' : 'ReadOnly',
        });
        world.engine().start();
        await world.untilState(request.id, state);
        await world.passEnd(request.id);
        await world.untilState(request.id, 'ended');
        expect(await world.look(groupName)).toEqual(NOTHING);
        const timeline = await world.stores.requests.listTimeline(request.id);
        expect(timeline.map(event => event.kind)).toContain('expired');
      },
    );

    it('security rule 25: leaves alone what was there before', async () => {
      await open(databaseId);
      const groupName = uniqueGroupName();
      const groupId = await makeForeignGroup(groupName);
      const ana = personId('ana');
      await world.outside(addMemberWrite(groupId, ana), (clouds, seal) =>
        clouds.entra.addMember(seal, groupId, ana),
      );
      await world.outside(
        assignGroupToApplicationWrite(groupId),
        (clouds, seal) => clouds.entra.assignGroupToApplication(seal, groupId),
      );
      const request = await world.approve({
        groupName,
        existingGroupId: groupId,
        people: ['ana', 'ben'],
        present: { people: ['ana'], inApplication: true },
      });
      world.engine().start();
      await world.untilState(request.id, 'active');
      expect((await world.look(groupName)).members).toEqual(['ana', 'ben']);
      expect(await world.listWrites(request.id, 'grant')).toEqual([
        'accountAssignment',
        'membership',
      ]);

      await giveBack(request.id);
      await world.untilScim(sandbox, request.id, 'ended');
      expect(await world.look(groupName)).toEqual({
        groups: 1,
        members: ['ana'],
        inApplication: true,
        accounts: [],
      });
      const steps = await world.stores.provisioning.listSteps(request.id);
      expect(steps.find(step => step.kind === 'removeMembers')).toMatchObject({
        detail: expect.stringContaining('not made by this product'),
      });
      expect(steps.some(step => step.kind === 'removeAccessGroup')).toBe(false);
    });

    it('security rule 25: takes access away when the last reason for it ends, and not before', async () => {
      await open(databaseId);
      const groupName = uniqueGroupName();
      const first = await world.approve({ groupName });
      world.engine().start();
      await world.untilState(first.id, 'active');
      const [group] = await world.clouds.entra.findGroupsByDisplayName(
        groupName,
      );
      const second = await world.approve({
        groupName,
        existingGroupId: group.groupId,
        people: ['ana', 'ben'],
        present: {
          people: ['ana'],
          accounts: ['payments-dev'],
          inApplication: true,
        },
      });
      await world.untilState(second.id, 'active');

      await giveBack(first.id);
      await world.untilState(first.id, 'ended');
      expect(await world.look(groupName)).toEqual({
        groups: 1,
        members: ['ana', 'ben'],
        inApplication: true,
        accounts: ['payments-dev'],
      });
      const steps = await world.stores.provisioning.listSteps(first.id);
      expect(
        steps.find(step => step.kind === 'removeAssignment'),
      ).toMatchObject({
        state: 'skipped',
        detail: expect.stringContaining(
          `request ${second.number} still needs it`,
        ),
      });

      await giveBack(second.id);
      await world.untilState(second.id, 'ended');
      expect(await world.look(groupName)).toEqual(NOTHING);
    });

    it('security rule 23: holds all writes while the clouds are not those of first contact', async () => {
      await open(databaseId);
      const { organizations } = world.stores;
      const pins = planOf({ groupName: 'any' }).organization;
      await organizations.pin({ ...pins, identityStoreId: 'd-0000000000' });
      const groupName = uniqueGroupName();
      const request = await world.approve({ groupName });
      world.engine().start();
      const held = await world.until(
        async () => (await organizations.get('parcel'))?.heldReason,
        'the organization to be held',
      );
      expect(held).toBe(
        `The clouds are not the ones of first contact: the identity store was d-0000000000 and is ${pins.identityStoreId}`,
      );
      expect(await world.state(request.id)).toBe('approved');
      expect(await world.look(groupName)).toEqual(NOTHING);

      await world
        .knex('aws_access_organizations')
        .update({ pins: JSON.stringify(pins) });
      await world.untilState(request.id, 'active');
      expect((await organizations.get('parcel'))!.heldReason).toBeNull();
    });

    it('security rule 23: writes nothing more when another instance is found behind pending steps', async () => {
      await open(databaseId);
      const groupName = uniqueGroupName();
      const request = await world.approve({ groupName });
      const pause = new Pause('findGroupsByDisplayName');
      const clouds = pause.clouds(world.provider());
      // Whoever configures the portal, or AWS itself, has put another one there.
      const changed = jest.fn();
      const { aws, ...others } = clouds.forOrganization('parcel');
      const describeInstance = async () => ({
        ...(await aws.describeInstance()),
        ...changed(),
      });
      world
        .engine({
          clouds: {
            forOrganization: () => ({
              ...others,
              aws: new Proxy(aws, {
                get: (target, name) =>
                  name === 'describeInstance'
                    ? describeInstance
                    : Reflect.get(target, name),
              }),
            }),
          },
          pace: { contactMs: 20 },
        })
        .start();
      await pause.reached;
      changed.mockReturnValue({ identityStoreId: 'd-0000000000' });
      const { organizations } = world.stores;
      await world.until(
        async () => (await organizations.get('parcel'))?.heldReason,
        'the organization to be held',
      );
      pause.goOn();
      const step = await world.until(async () => {
        const [first] = await world.stores.provisioning.listSteps(request.id);
        return first.state === 'waiting' && first;
      }, 'the step to wait');
      expect(step.detail).toMatch(
        /^All writes are held: The clouds are not the ones of first contact: the identity store was d-99670e1a2b and is d-0000000000$/,
      );
      expect(await world.look(groupName)).toEqual(NOTHING);
      changed.mockReturnValue({});
      await world.untilState(request.id, 'active');
    });

    it('ends access in AWS while Entra is out of reach', async () => {
      await open(databaseId);
      const request = await world.approvePlan(
        elevationPlan({ accounts: ['shop-dev'] }),
      );
      const { entra, ...others } = world.clouds;
      let isThere = true;
      const clouds = {
        ...others,
        entra: new Proxy(entra, {
          get(target, name) {
            const member = Reflect.get(target, name);
            return typeof member !== 'function'
              ? member
              : (...args: unknown[]) => {
                  if (isThere) return member.apply(target, args);
                  throw new CloudError({
                    kind: 'retryLater',
                    cloud: 'entra',
                    operation: 'graph:GET',
                    code: 'ECONNREFUSED',
                    cloudMessage: '',
                    plainWords: 'Microsoft Graph could not be reached',
                  });
                };
          },
        }),
      };
      world
        .engine({
          clouds: { forOrganization: () => clouds },
          pace: { contactMs: 0 },
        })
        .start();
      await world.untilState(request.id, 'active');
      isThere = false;
      await world.passEnd(request.id);
      await world.untilState(request.id, 'ended');
      expect(await world.listElevated('shop-dev')).toEqual([]);
    });

    it('security rule 23: writes nothing more when the organization is held on the way', async () => {
      await open(databaseId);
      const groupName = uniqueGroupName();
      const request = await world.approve({ groupName });
      const pause = new Pause('findGroupsByDisplayName');
      world.engine({ clouds: pause.clouds(world.provider()) }).start();
      await pause.reached;
      await world.stores.organizations.hold('parcel', 'An operator says so');
      pause.goOn();
      const step = await world.until(async () => {
        const [first] = await world.stores.provisioning.listSteps(request.id);
        return first.state === 'waiting' && first;
      }, 'the step to wait');
      expect(step.detail).toBe('All writes are held: An operator says so');
      expect(await world.look(groupName)).toEqual(NOTHING);
      await world.stores.organizations.hold('parcel', null);
      await world.untilState(request.id, 'active');
    });

    it.each(['before', 'after'] as const)(
      'security rule 21: a worker that lost its claim while it was paused %s its intent writes nothing',
      async when => {
        await open(databaseId);
        const groupName = uniqueGroupName();
        const request = await world.approve({ groupName });
        const pause = new Pause(
          when === 'before' ? 'findGroupsByDisplayName' : 'authorize',
        );
        world.engine({ clouds: pause.clouds(world.provider()) }).start();
        await pause.reached;
        await world.takeOver();
        await world.untilState(request.id, 'active');
        const written = await world.listWrites(request.id, 'grant');
        pause.goOn();
        // The first worker has noticed when nothing of it runs any more.
        await world.stop();
        expect(await world.look(groupName)).toMatchObject({ groups: 1 });
        expect(await world.listWrites(request.id, 'grant')).toEqual(written);
        expect(await world.state(request.id)).toBe('active');
      },
    );

    it.each([
      [
        'stopped',
        () =>
          world.stores.writeStops.stop('parcel', {
            kind: 'everything',
            reason: 'A rehearsal',
            stoppedBy: 'user:default/ida',
            seconds: 3600,
          }),
        /stopped/,
        () => world.stores.writeStops.resume('parcel', 'everything'),
      ],
      [
        'held',
        () => world.stores.organizations.hold('parcel', 'Wrong tenant'),
        /All writes are held: Wrong tenant/,
        () => world.stores.organizations.hold('parcel', null),
      ],
    ] as const)(
      'security rule 22: a write that waited for its turn until writes were %s does not leave, and does when they go on',
      async (_, hold, detail, goOn) => {
        await open(databaseId);
        const groupName = uniqueGroupName();
        const request = await world.approve({ groupName });
        const pause = new Pause('authorize');
        world.engine({ clouds: pause.clouds(world.provider()) }).start();
        await pause.reached;
        await hold();
        pause.goOn();
        const step = await world.until(async () => {
          const [first] = await world.stores.provisioning.listSteps(request.id);
          return first.state === 'waiting' && first;
        }, 'the step to wait');
        expect(step.detail).toMatch(detail);
        expect(await world.look(groupName)).toEqual(NOTHING);
        await goOn();
        await world.untilState(request.id, 'active');
      },
    );

    it('security rule 20: counts from when a write left for how long it may show up, not from when it began to wait', async () => {
      await open(databaseId);
      const request = await world.approve({ groupName: uniqueGroupName() });
      const pause = new Pause('authorize');
      world.engine({ clouds: pause.clouds(world.provider()) }).start();
      await pause.reached;
      const longAgo = '2000-01-01T00:00:00.000Z';
      const waiting = world.knex('aws_access_intents');
      expect(await waiting.update({ intended_at: longAgo })).toBe(1);
      pause.goOn();
      await world.untilState(request.id, 'active');
      expect(
        await world.knex('aws_access_intents').where('intended_at', longAgo),
      ).toEqual([]);
    });

    it('security rule 22: a write that waited for its turn until the request was given back does not leave', async () => {
      await open(databaseId);
      const groupName = uniqueGroupName();
      const request = await world.approve({ groupName });
      const pause = new Pause('authorize');
      world.engine({ clouds: pause.clouds(world.provider()) }).start();
      await pause.reached;
      await giveBack(request.id);
      pause.goOn();
      await world.untilState(request.id, 'ended');
      expect(await world.look(groupName)).toEqual(NOTHING);
      expect(await world.listWrites(request.id, 'grant')).toEqual([]);
      expect(
        await world.knex('aws_access_intents').where('state', 'intended'),
      ).toEqual([]);
    });

    it('security rule 21: audits a write that went out after the claim was lost, and it does no harm', async () => {
      await open(databaseId);
      const groupName = uniqueGroupName();
      const request = await world.approve({ groupName });
      // Paused between the gate and the wire, where nothing can stop it any more.
      const pause = new Pause('addMember');
      world.engine({ clouds: pause.clouds(world.provider()) }).start();
      await pause.reached;
      await world.takeOver();
      await world.untilState(request.id, 'active');
      pause.goOn();
      const [unfenced] = await world.until(async () => {
        const events = await world.stores.audit.list({
          requestId: request.id,
          kind: 'cloud.write-unfenced',
          limit: 10,
        });
        return events.length > 0 && events;
      }, 'the late write to be audited');
      expect(unfenced.data).toMatchObject({ epoch: 1 });
      expect(await world.look(groupName)).toEqual({
        groups: 1,
        members: ['ana'],
        inApplication: true,
        accounts: ['payments-dev'],
      });
    });

    it('shows an error of its own, and goes on when it passes', async () => {
      await open(databaseId);
      const request = await world.approve({ groupName: uniqueGroupName() });
      const clouds = world.clouds;
      jest.spyOn(clouds.entra, 'listMembers').mockImplementation(() => {
        throw new TypeError('A defect');
      });
      const engine = world.engine({
        clouds: { forOrganization: () => clouds },
      });
      engine.start();
      const stuck = await world.untilState(request.id, 'stuck');
      expect(stuck.stateReason).toMatch(/inside this product/);
      const steps = await world.stores.provisioning.listSteps(request.id);
      expect(steps.find(step => step.kind === 'ensureMembers')).toMatchObject({
        state: 'failed',
        cloudMessage: 'This product: TypeError: A defect',
      });
      await engine.stop();
      world.engine().start();
      await retry(request.id);
      await world.untilState(request.id, 'active');
    });

    it('says that a removal is refused, takes people out meanwhile, and goes on trying', async () => {
      await open(databaseId);
      const groupName = uniqueGroupName();
      const request = await world.approve({ groupName });
      const clouds = world.clouds;
      const refused = jest
        .spyOn(clouds.aws, 'deleteAccountAssignment')
        .mockRejectedValue(
          new CloudError({
            kind: 'permanent',
            cloud: 'aws',
            operation: 'sso-admin:DeleteAccountAssignment',
            code: 'AccessDeniedException',
            cloudMessage: 'no',
            plainWords: 'AWS does not allow this product to do that',
          }),
        );
      world.engine({ clouds: { forOrganization: () => clouds } }).start();
      await world.untilState(request.id, 'active');
      await giveBack(request.id);
      const stuck = await world.untilState(request.id, 'stuck');
      expect(stuck.stateReason).toBe(
        'AWS does not allow this product to do that',
      );
      await world.until(
        async () => (await world.look(groupName)).members.length === 0,
        'the members to be out',
      );
      expect(await world.state(request.id)).toBe('stuck');
      refused.mockRestore();
      await world.untilState(request.id, 'ended');
      expect(await world.look(groupName)).toEqual(NOTHING);
    });

    it('takes back what was made when the access ends while it is set up', async () => {
      await open(databaseId);
      const groupName = uniqueGroupName();
      const request = await world.approve({ groupName });
      const pause = new Pause('createAccountAssignment');
      world.engine({ clouds: pause.clouds(world.provider()) }).start();
      await pause.reached;
      // The write is authorized and on its way; the removal waits for it.
      await giveBack(request.id);
      pause.goOn();
      await world.untilState(request.id, 'ended');
      expect(await world.look(groupName)).toEqual(NOTHING);
    });

    it('lets old approvals lapse', async () => {
      await open(databaseId);
      const request = await world.approve({ groupName: uniqueGroupName() });
      await world
        .knex('aws_access_requests')
        .update({ approved_at: '2000-01-01T00:00:00.000Z' });
      world.engine().start();
      const lapsed = await world.untilState(request.id, 'lapsed');
      expect(lapsed.stateReason).toMatch(/grew too old/);
    });

    it('gives its claim back for good although its round hangs', async () => {
      await open(databaseId);
      const { organizations } = world.stores;
      const config = world.config();
      const beats = jest.spyOn(global, 'setInterval');
      const cleared = jest.spyOn(global, 'clearInterval');
      const round = makeHeld();
      const engine = world.engine({
        config,
        keepRequests: () => round.hold(),
        pace: { graceMs: 1 },
      });
      engine.start();
      await round.begun;
      const beatMs = (config.worker.claimSeconds * 1000) / 3;
      const index = beats.mock.calls.findIndex(([, ms]) => ms === beatMs);
      const heartbeat = beats.mock.results[index].value;

      // The heart beats once more, and the database takes its time.
      const renewal = makeHeld();
      const claim = organizations.claim.bind(organizations);
      const claims = jest.spyOn(organizations, 'claim');
      claims.mockImplementation(async (...args) => {
        await renewal.hold();
        return claim(...args);
      });
      beats.mock.calls[index][0]();
      await renewal.begun;
      const stopped = engine.stop();
      await world.until(
        async () => cleared.mock.calls.some(([timer]) => timer === heartbeat),
        'the heartbeat to end',
      );
      renewal.letGo();
      await stopped;
      expect(await organizations.claim('parcel', 'another', 60)).toBeDefined();
      round.letGo();
      jest.restoreAllMocks();
    });

    it('does nothing where writes are off', async () => {
      await open(databaseId);
      const request = await world.approve({ groupName: uniqueGroupName() });
      const engine = world.engine({ config: world.config({ writes: 'off' }) });
      engine.start();
      engine.wake('parcel');
      await engine.stop();
      expect(await world.state(request.id)).toBe('approved');
      expect(await world.stores.organizations.get('parcel')).toBeUndefined();
    });
  });
});

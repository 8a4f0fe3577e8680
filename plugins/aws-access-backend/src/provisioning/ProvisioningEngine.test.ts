import { RunningSandbox } from 'backstage-plugin-aws-access-sandbox';
import { endAccess } from '../leases/endAccess';
import { createTestDatabases } from '../testing/databases';
import { ProvisioningWorld } from '../testing/ProvisioningWorld';

jest.setTimeout(60_000);

describe('ProvisioningEngine', () => {
  const databases = createTestDatabases();
  let sandbox: RunningSandbox;
  let world: ProvisioningWorld;
  let count = 0;

  const uniqueGroupName = () => `AWS-Test-Engine-${(count += 1)}`;
  const open = async (id: (typeof databases.ids)[number]) => {
    world = await ProvisioningWorld.create(
      await databases.initMigrated(id),
      sandbox,
    );
    return world;
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

      await world.stores.transaction(stores =>
        endAccess(stores, {
          request: active,
          actorRef: 'user:default/ana',
          kind: 'returned',
          text: 'Given back',
        }),
      );
      await world.untilState(request.id, 'ended');
      expect(await world.look(groupName)).toEqual({
        groups: 0,
        members: [],
        inApplication: false,
        accounts: [],
      });
      const removed = await world.stores.leases.listOfRequest(request.id);
      expect(removed.every(lease => lease.removedAt !== null)).toBe(true);
    });
  });
});

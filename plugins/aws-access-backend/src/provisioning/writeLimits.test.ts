import { RunningSandbox } from 'backstage-plugin-aws-access-sandbox';
import { elevationPlan } from '../testing/changePlans';
import { createTestDatabases } from '../testing/databases';
import { ProvisioningWorld } from '../testing/ProvisioningWorld';

jest.setTimeout(60_000);

describe('limits on the writes of an hour', () => {
  const databases = createTestDatabases();
  let sandbox: RunningSandbox;
  let world: ProvisioningWorld;

  beforeAll(async () => {
    sandbox = await ProvisioningWorld.startSandbox();
  });
  afterEach(() => world.stop());
  afterAll(() => sandbox.stop());

  it.each(databases.ids)(
    'on %s make what is beyond them wait until an operator says go, removals apart from the rest',
    async databaseId => {
      world = new ProvisioningWorld(
        await databases.initMigrated(databaseId),
        sandbox,
      );
      // A group, a member, its place in the application, provisioning on demand
      // and an assignment are five writes.
      const config = world.config({
        limits: {
          requestsPerSecond: 1000,
          writesPerHour: 4,
          removalsPerHour: 1,
        },
      });
      world.engine({ config }).start();
      const untilItWaits = (requestId: string, reason: string) =>
        world.until(async () => {
          const steps = await world.stores.provisioning.listSteps(requestId);
          return steps.some(
            step => step.state === 'waiting' && step.detail?.startsWith(reason),
          );
        }, `a step that waits: ${reason}`);
      const toldOfLimits = async () => {
        const waiting = await world.stores.outbox.claim(1000);
        return waiting.flatMap(({ message }) =>
          message.kind === 'notification' && message.topic === 'limit'
            ? [message.description]
            : [],
        );
      };
      const sayGo = () => world.stores.writeLimits.startAnew('parcel');

      const request = await world.approve({
        groupName: `AWS-Test-Limits-${databaseId}`,
      });
      await untilItWaits(request.id, 'More than 4 writes in an hour');
      await untilItWaits(request.id, 'More than 4 writes in an hour');
      expect(await toldOfLimits()).toEqual([
        'More than 4 writes in an hour: an operator has to look at it and say go.',
      ]);
      await sayGo();
      await world.untilState(request.id, 'active');

      await sayGo();
      await world.giveBack(request.id);
      await untilItWaits(request.id, 'More than 1 removals in an hour');
      await world.until(async () => {
        await sayGo();
        return (await world.state(request.id)) === 'ended';
      }, 'the access to be gone, removal by removal');
      expect(await world.stores.writeLimits.count('parcel')).toMatchObject({
        removals: expect.any(Number),
      });
    },
  );

  it.each(databases.ids)(
    'on %s security rule 22: never make the end of access wait for what gave access',
    async databaseId => {
      world = new ProvisioningWorld(
        await databases.initMigrated(databaseId),
        sandbox,
      );
      const config = world.config({
        limits: {
          requestsPerSecond: 1000,
          writesPerHour: 1,
          removalsPerHour: 1,
        },
      });
      const request = await world.approvePlan(
        elevationPlan({
          accounts: ['payments-staging'],
          permissionSet: 'LogReader',
        }),
      );
      world.engine({ config }).start();
      await world.untilState(request.id, 'active');
      await world.passEnd(request.id);
      await world.untilState(request.id, 'ended');
      expect(await world.listElevated('payments-staging', 'LogReader')).toEqual(
        [],
      );
    },
  );
});

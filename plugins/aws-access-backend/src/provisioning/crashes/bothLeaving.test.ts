import { RunningSandbox } from 'backstage-plugin-aws-access-sandbox';
import { groupPlan } from '../../testing/changePlans';
import { createTestDatabases } from '../../testing/databases';
import { Pause } from '../../testing/Pause';
import { ProvisioningWorld } from '../../testing/ProvisioningWorld';

jest.setTimeout(60_000);

describe('two requests for the same membership that end at once', () => {
  const databases = createTestDatabases();
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await ProvisioningWorld.startSandbox();
  });
  afterAll(() => sandbox.stop());

  it.each(databases.ids)(
    'security rule 20: leave no write unknown when one is quicker than the other, on %s',
    async id => {
      const knex = await databases.initMigrated(id);
      const world = new ProvisioningWorld(knex, sandbox);
      const groupName = `AWS-Both-${id}`;
      const maker = world.engine();
      maker.start();
      // Each has a member of its own, so that neither has nothing left to do.
      const made = await world.approve({ groupName, people: ['ana', 'ben'] });
      await world.untilState(made.id, 'active');
      const [group] = await world.clouds.entra.findGroupsByDisplayName(
        groupName,
      );
      const joined = await world.approvePlan(
        groupPlan({
          group,
          members: ['ana', 'ben'],
          stay: ['ana'],
          join: ['carla'],
          duration: 'PT8H',
        }),
      );
      await world.untilState(joined.id, 'active');
      await maker.stop();
      await world.giveBack(made.id);
      await world.giveBack(joined.id);

      await world.expireClaim();
      const pause = new Pause('removeMember');
      world.engine({ clouds: pause.clouds(world.provider()) }).start();
      await pause.reached;
      // The slower one has recorded that Ana leaves; the quicker one sees it done.
      await world.until(
        () =>
          knex('aws_access_intents')
            .where('operation', 'like', 'graph:DELETE%members%')
            .where('state', 'confirmed')
            .first(),
        'the other request to take Ana out',
      );
      pause.goOn();
      await world.untilState(made.id, 'ended');
      await world.untilState(joined.id, 'ended');

      expect(
        await knex('aws_access_intents').where('state', 'intended'),
      ).toEqual([]);
      expect(await world.look(groupName)).toMatchObject({ groups: 0 });
      await world.stop();
    },
  );
});

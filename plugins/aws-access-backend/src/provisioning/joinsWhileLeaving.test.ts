import { RunningSandbox } from 'backstage-plugin-aws-access-sandbox';
import { groupPlan } from '../testing/changePlans';
import { createTestDatabases } from '../testing/databases';
import { Pause } from '../testing/Pause';
import { personId } from '../testing/planOf';
import { ProvisioningWorld } from '../testing/ProvisioningWorld';

jest.setTimeout(60_000);

describe('a membership that is wanted while its removal is on record', () => {
  const databases = createTestDatabases();
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await ProvisioningWorld.startSandbox();
  });
  afterAll(() => sandbox.stop());

  it.each(databases.ids)(
    'security rule 22: is no ground for a lease before the removal was seen, and is there afterwards, on %s',
    async id => {
      const knex = await databases.initMigrated(id);
      const world = new ProvisioningWorld(knex, sandbox);
      const groupName = `AWS-Wanted-${id}`;
      // Both removals are on record; the first is held up on its way.
      const pause = new Pause('removeMember');
      world.engine({ clouds: pause.clouds(world.provider()) }).start();
      const made = await world.approve({ groupName });
      await world.untilState(made.id, 'active');
      const [group] = await world.clouds.entra.findGroupsByDisplayName(
        groupName,
      );
      const joined = await world.approvePlan(
        groupPlan({
          group,
          members: ['ana'],
          join: ['ben', 'carla'],
          duration: 'PT8H',
        }),
      );
      await world.untilState(joined.id, 'active');
      await world.giveBack(joined.id);
      await pause.reached;

      const wanted = await world.approvePlan(
        groupPlan({
          group,
          members: ['ana', 'ben', 'carla'],
          join: ['ben', 'carla'],
          duration: 'PT8H',
        }),
      );
      await world.until(
        () =>
          knex('aws_access_steps')
            .where({ request_id: wanted.id, kind: 'ensureMembers' })
            .whereLike('detail', 'Another request is taking this away%')
            .first(),
        'the request to wait for the removal',
      );
      const memberships = () =>
        knex('aws_access_leases').where({
          request_id: wanted.id,
          object_kind: 'membership',
        });
      // Entra still shows both.
      expect((await world.look(groupName)).members).toEqual([
        'ana',
        'ben',
        'carla',
      ]);
      expect(await memberships()).toEqual([]);

      pause.goOn();
      await world.untilState(joined.id, 'ended');
      await world.untilState(wanted.id, 'active');
      expect(
        (await memberships())
          .map(({ object }) => JSON.parse(object).entraUserId)
          .sort(),
      ).toEqual([personId('ben'), personId('carla')].sort());
      expect((await world.look(groupName)).members).toEqual([
        'ana',
        'ben',
        'carla',
      ]);
      expect(
        await knex('aws_access_intents').where('state', 'intended'),
      ).toEqual([]);
      await world.stop();
    },
  );
});

import { RunningSandbox } from 'backstage-plugin-aws-access-sandbox';
import { assignGroupToApplicationWrite } from '../../clouds/entraWrites';
import { createTestDatabases } from '../../testing/databases';
import { ProvisioningWorld } from '../../testing/ProvisioningWorld';
import { sandboxConfig } from '../../testing/sandboxConfig';

jest.setTimeout(60_000);

describe('organizations that are not written to, or not wholly', () => {
  const databases = createTestDatabases();
  let sandbox: RunningSandbox;
  let world: ProvisioningWorld;

  beforeAll(async () => {
    sandbox = await ProvisioningWorld.startSandbox();
  });
  afterEach(() => world.stop());
  afterAll(() => sandbox.stop());

  describe.each(databases.ids)('on %s', databaseId => {
    beforeEach(async () => {
      world = new ProvisioningWorld(
        await databases.initMigrated(databaseId),
        sandbox,
      );
    });

    it('says in a dry run what would be done, writes nothing, and lets the approval lapse', async () => {
      const request = await world.approve({ groupName: 'AWS-Test-Dry-Run' });
      const config = world.config({ writes: 'dry-run' });
      world.engine({ config }).start();

      const { stateReason } = await world.untilState(request.id, 'lapsed');
      expect(stateReason).toMatch(/^Dry run: nothing was written/);
      const timeline = await world.stores.requests.listTimeline(request.id);
      expect(timeline.at(-1)!.text).toContain(
        '1. Create the Entra group AWS-Test-Dry-Run',
      );
      expect(
        await world.clouds.entra.findGroupsByDisplayName('AWS-Test-Dry-Run'),
      ).toEqual([]);
      expect(
        await world.stores.provisioning.footprints.listOfRequest(request.id),
      ).toEqual([]);
    });

    it.each(['off', 'dry-run'] as const)(
      'security rule 19: opens no gate to an organization with writes: %s, whatever the database says',
      async writes => {
        const request = await world.approve({
          groupName: `AWS-Test-Gate-${writes}-${databaseId}`,
        });
        // A worker that writes is at work in the same database.
        world.engine().start();
        await world.untilState(request.id, 'active');
        const { gate } = world
          .provider(world.config({ writes }))
          .forOrganization('parcel');
        await world.knex('aws_access_intents').update({ state: 'intended' });
        await expect(
          gate.authorize(
            { organizationId: 'parcel', intentId: 'any', epoch: 1 },
            assignGroupToApplicationWrite('g'),
          ),
        ).rejects.toThrow(`writes: ${writes}`);
      },
    );

    it('waits for others to let a group into the enterprise application where that is their work', async () => {
      const groupName = `AWS-Test-Manual-${databaseId}`;
      const { parcel } = sandboxConfig(sandbox.url).organizations;
      const config = world.config({
        entra: { ...parcel.entra, applicationAssignment: 'manual' },
      });
      const request = await world.approve({ groupName });
      world.engine({ config }).start();
      await world.until(async () => {
        const steps = await world.stores.provisioning.listSteps(request.id);
        return steps.some(
          step =>
            step.kind === 'assignGroupToEnterpriseApplication' &&
            step.state === 'waiting' &&
            step.detail?.startsWith('Waiting for somebody to assign the group'),
        );
      }, 'the request to wait for others');

      const [group] = await world.clouds.entra.findGroupsByDisplayName(
        groupName,
      );
      await world.outside(
        assignGroupToApplicationWrite(group.groupId),
        (clouds, seal) =>
          clouds.entra.assignGroupToApplication(seal, group.groupId),
      );
      await world.untilState(request.id, 'active');
      expect((await world.look(groupName)).inApplication).toBe(true);
    });
  });
});

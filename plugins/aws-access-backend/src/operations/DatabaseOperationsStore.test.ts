import { RunningSandbox } from 'backstage-plugin-aws-access-sandbox';
import { elevationPlan } from '../testing/changePlans';
import { createTestDatabases } from '../testing/databases';
import { ProvisioningWorld } from '../testing/ProvisioningWorld';
import { DatabaseOperationsStore } from './DatabaseOperationsStore';
import { isLate } from './isLate';

jest.setTimeout(120_000);

describe('what operators are shown', () => {
  const databases = createTestDatabases();
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await ProvisioningWorld.startSandbox();
  });
  afterAll(() => sandbox.stop());

  it.each(databases.ids)(
    'security rule 22: access that was taken back and is not gone counts as overdue since then, on %s',
    async id => {
      const world = new ProvisioningWorld(
        await databases.initMigrated(id),
        sandbox,
      );
      const operations = new DatabaseOperationsStore(world.knex);
      const request = await world.approvePlan(
        elevationPlan({ accounts: ['data-dev'] }),
      );
      const requests = () =>
        world.knex('aws_access_requests').where('id', request.id);
      world.engine().start();
      await world.untilState(request.id, 'active');
      expect(await operations.listOverdue('parcel', 10)).toEqual([]);

      await world.stores.writeStops.stop('parcel', {
        kind: 'everything',
        reason: 'An incident',
        stoppedBy: 'user:default/ida',
        seconds: 3600,
      });
      await world.giveBack(request.id);
      const takenBackAt = '2026-01-01T00:00:00.000Z';
      await world
        .knex('aws_access_authorizations')
        .where({ request_id: request.id, kind: 'removal' })
        .update({ created_at: takenBackAt });
      for (const endsAt of [null, '2099-01-01T00:00:00.000Z']) {
        await requests().update({ ends_at: endsAt });
        expect(await operations.listOverdue('parcel', 10)).toEqual([
          expect.objectContaining({ id: request.id, endsAt: takenBackAt }),
        ]);
      }
      const endedAt = '2025-01-01T00:00:00.000Z';
      await requests().update({ ends_at: endedAt });
      const [overdue] = await operations.listOverdue('parcel', 10);
      expect(overdue.endsAt).toBe(endedAt);

      await world.stores.writeStops.resume('parcel', 'everything');
      await world.untilState(request.id, 'ended');
      expect(await operations.listOverdue('parcel', 10)).toEqual([]);
      await world.stop();
    },
  );

  it.each([
    [false, 4, false],
    [false, 6, true],
    [true, 40, false],
    [true, 46, true],
  ])(
    'an end is late when it is later than it needs (SCIM: %s, after %s minutes: %s)',
    (waitsForScim, minutes, expected) => {
      const endsAt = '2026-11-24T12:00:00.000Z';
      const now = new Date(Date.parse(endsAt) + minutes * 60_000).toISOString();
      expect(isLate({ endsAt, waitsForScim }, now)).toBe(expected);
    },
  );
});

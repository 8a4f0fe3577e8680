import { Knex } from 'knex';
import { setTimeout } from 'node:timers/promises';
import { createTestDatabases } from '../../testing/databases';
import { ReadWorld } from '../../testing/ReadWorld';
import { fileInput } from '../../testing/RequestWorld';

const databases = createTestDatabases();

jest.setTimeout(60_000);

describe.each(databases.ids)('a forged approval, on %s', id => {
  let world: ReadWorld;
  let knex: Knex;

  beforeAll(async () => {
    knex = await databases.initMigrated(id);
    world = await ReadWorld.start(knex, { organization: { writes: 'on' } });
  });
  afterAll(() => world.stop());

  async function file() {
    const sets = await world.get('/permission-sets?search=ReadOnly', 'ana');
    const filed = await world
      .post(
        '/requests',
        'ana',
        fileInput({ permissionSet: sets.body.items[0].arn }),
      )
      .expect(200);
    return filed.body;
  }
  async function untilRefused(requestId: string) {
    for (;;) {
      const events = await knex('aws_access_audit_events').where({
        request_id: requestId,
        kind: 'request.start-refused',
      });
      if (events.length > 0) return events;
      const row = await world.stores.requests.get(requestId);
      if (row?.state === 'provisioning') throw new Error('It has started');
      await setTimeout(20);
    }
  }

  it('security rule 24: gains nothing by a write to the database that says approved', async () => {
    const { id: requestId } = await file();
    await knex('aws_access_requests')
      .where('id', requestId)
      .update({ state: 'approved', approved_at: new Date().toISOString() });
    expect(await untilRefused(requestId)).toHaveLength(1);
    const row = (await world.stores.requests.get(requestId))!;
    expect(row).toMatchObject({ state: 'pending', planVersion: 2 });
    expect(row.stateReason).toMatch(/^The decisions on record do not approve/);
    expect(await world.stores.provisioning.listSteps(requestId)).toEqual([]);
  });

  it('security rule 24: gains nothing by another plan behind an approval', async () => {
    const { id: requestId, planVersion, planDigest } = await file();
    const { plan } = await world.stores.requests.getPlan(requestId, 1);
    // The digest stays, what it stands for does not.
    await knex('aws_access_request_plans')
      .where('request_id', requestId)
      .update({ plan: JSON.stringify({ ...plan, duration: null }) });
    await world
      .post(`/requests/${requestId}/decisions`, 'otto', {
        verdict: 'approve',
        planVersion,
        planDigest,
      })
      .expect(200);
    await untilRefused(requestId);
    const row = (await world.stores.requests.get(requestId))!;
    expect(row.stateReason).toMatch(/^The stored plan is not the one/);
    expect(await world.stores.provisioning.listSteps(requestId)).toEqual([]);
  });
});

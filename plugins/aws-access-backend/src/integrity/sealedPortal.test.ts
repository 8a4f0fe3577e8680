import { randomUUID } from 'node:crypto';
import { createTestDatabases } from '../testing/databases';
import { example } from '../testing/examplePlan';
import { RequestWorld } from '../testing/RequestWorld';

const databases = createTestDatabases();
const integrityKey = [
  'a key of at least 32 bytes for a portal',
  'x'.repeat(32),
];

jest.setTimeout(60_000);

describe.each(databases.ids)('security rule 24: a portal on %s', id => {
  it('with a key shows and counts only decisions that were made in it', async () => {
    const knex = await databases.initMigrated(id);
    const world = await RequestWorld.start(knex, {
      awsAccess: { integrityKey },
    });
    try {
      const filed = await world.file('ana');
      await knex('aws_access_decisions').insert({
        id: randomUUID(),
        request_id: filed.id,
        plan_version: filed.planVersion,
        plan_digest: filed.planDigest,
        person_id: example.entraIds.otto,
        entity_ref: 'user:default/otto',
        verdict: 'approve',
        decided_at: new Date().toISOString(),
      });
      const shown = await world.get(`/requests/${filed.id}`, 'otto');
      expect(shown.body).toMatchObject({
        decisions: [],
        flags: { canApprove: true },
        stages: [{ have: 0 }],
      });
      const { body } = await world.decide(filed, 'otto').expect(200);
      expect(body).toMatchObject({
        state: 'approved',
        decisions: [{ entityRef: 'user:default/otto', verdict: 'approve' }],
      });
    } finally {
      await world.stop();
    }
  });

  it('does not start with a key that is too short', async () => {
    const knex = await databases.initMigrated(id);
    await expect(
      RequestWorld.start(knex, { awsAccess: { integrityKey: 'short' } }),
    ).rejects.toThrow(/integrityKey/);
  });
});

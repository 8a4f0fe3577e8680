import { Knex } from 'knex';
import { createTestDatabases } from '../testing/databases';
import { example } from '../testing/examplePlan';
import { fileInput, RequestWorld } from '../testing/RequestWorld';

const databases = createTestDatabases();

describe.each(databases.ids)('adopted access over HTTP on %s', id => {
  let knex: Knex;
  let world: RequestWorld;

  beforeAll(async () => {
    knex = await databases.initMigrated(id);
    world = await RequestWorld.start(knex);
    const { inventory } = world;
    await inventory.replaceAssignments(example.organizationId, [
      {
        accountId: example.dataDev,
        permissionSetArn: example.administrator,
        principalType: 'USER',
        principalId: 'store-uma',
      },
    ]);
  });
  afterAll(() => world.stop());

  it('security rule 25: is not ended by who asked for the adoption, but by who answers for it', async () => {
    const { body: filed } = await world
      .post('/requests', 'ana', {
        ...fileInput(),
        duration: null,
        changes: [
          {
            kind: 'adoptPermissionSet',
            permissionSet: { arn: example.administrator },
          },
        ],
      })
      .expect(200);
    // Uma is somebody whose access Ana may not read.
    expect(filed.plan.adopts).toEqual([]);
    const { body: whole } = await world.get(`/requests/${filed.id}`, 'otto');
    expect(whole.plan.adopts).toHaveLength(1);
    await knex('aws_access_requests')
      .where('id', filed.id)
      .update({ state: 'active' });

    const { body: shown } = await world
      .get(`/requests/${filed.id}`, 'ana')
      .expect(200);
    expect(shown.flags.canReturn).toBe(false);
    const refused = await world
      .post(`/requests/${filed.id}/return`, 'ana')
      .expect(403);
    expect(refused.body.error.message).toContain('is access of others');

    const { body: ended } = await world
      .post(`/requests/${filed.id}/return`, 'otto')
      .expect(200);
    expect(ended.state).toBe('ending');
  });
});

import { DatabaseStores } from '../database/DatabaseStores';
import { PlanInput } from '../planning/RequestPlanner';
import { approveRequest } from '../testing/approveRequest';
import { createTestDatabases } from '../testing/databases';
import { planOf } from '../testing/planOf';
import { startRequest } from './startRequest';

const databases = createTestDatabases();

describe('startRequest', () => {
  it('security rule 11: plans what an actor filed as what an actor filed', async () => {
    const knex = await databases.initMigrated('SQLITE_3');
    const stores = new DatabaseStores(knex);
    const request = await approveRequest(
      stores,
      planOf({ groupName: 'AWS-Test' }),
    );
    await knex('aws_access_requests').update({ actor: 'plugin:scaffolder' });
    const claim = (await stores.organizations.claim('parcel', 'one', 60))!;

    const asked: PlanInput[] = [];
    const outcome = await startRequest(
      {
        stores,
        claim,
        grantSeconds: 60,
        approvals: { read: async () => ({ decisions: [], stages: [] }) },
        planner: {
          planFromInventory: async () => {
            throw new Error('Provisioning plans on live reads only');
          },
          planFromClouds: async input => {
            asked.push(input);
            return {
              plan: null,
              digest: null,
              policy: null,
              problems: [],
              asOf: null,
            };
          },
        },
      },
      request.id,
    );

    expect(outcome.kind).toBe('returned');
    expect(asked).toMatchObject([{ actor: 'plugin:scaffolder' }]);
  });
});

import { randomUUID } from 'node:crypto';
import { DatabaseStores } from '../../database/DatabaseStores';
import { NO_SEALS } from '../../integrity/Seals';
import { approveRequest } from '../../testing/approveRequest';
import { elevationPlan } from '../../testing/changePlans';
import { createTestDatabases } from '../../testing/databases';

const databases = createTestDatabases();

it.each(databases.ids)(
  'security rule 22: removals have places of their own among due steps, however many grants are due, on %s',
  async databaseId => {
    const knex = await databases.initMigrated(databaseId);
    const stores = new DatabaseStores(knex, NO_SEALS);
    const { authorizations, steps } = stores.provisioning;
    const addDue = async (
      state: string,
      phase: 'grant' | 'removal',
      count: number,
    ) => {
      const request = await approveRequest(
        stores,
        elevationPlan({ accounts: ['data-dev'] }),
      );
      await knex('aws_access_requests')
        .where('id', request.id)
        .update({ state });
      const authorizationId = randomUUID();
      await authorizations.insert({
        id: authorizationId,
        organizationId: 'parcel',
        requestId: request.id,
        kind: phase,
        planVersion: 1,
        planDigest: request.planDigest,
        lapsesAt: null,
      });
      await steps.insert(
        Array.from({ length: count }, (_, position) => ({
          id: randomUUID(),
          organizationId: 'parcel',
          requestId: request.id,
          authorizationId,
          phase,
          position,
          kind:
            phase === 'grant' ? 'awaitIdentityStoreUsers' : 'removeAssignment',
          title: 'A step',
          input: {},
        })),
      );
    };
    await addDue('ending', 'removal', 5);
    for (let n = 0; n < 12; n++) await addDue('provisioning', 'grant', 1);

    const due = await steps.listDue('parcel', 10);
    expect(due.map(({ phase }) => phase)).toEqual([
      ...Array(5).fill('removal'),
      ...Array(10).fill('grant'),
    ]);
  },
);

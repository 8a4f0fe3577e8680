import createKnex from 'knex';
import { DatabaseStores } from '../database/DatabaseStores';
import { NO_SEALS } from '../integrity/Seals';
import { createTestDatabases } from '../testing/databases';
import { verifyAuditChain } from './verifyAuditChain';

const databases = createTestDatabases();

describe.each(databases.ids)('DatabaseAuditStore on %s', id => {
  let stores: DatabaseStores;
  beforeEach(async () => {
    stores = new DatabaseStores(await databases.initMigrated(id), NO_SEALS);
  });

  const append = (organizationId: string, number: number) =>
    stores.transaction(inside =>
      inside.audit.append({
        organizationId,
        kind: 'test.happened',
        actor: 'user:default/ana',
        requestId: `request-${number % 3}`,
        data: { number, nothing: undefined },
      }),
    );

  it('security rule 28: gives one chain without gaps, however many write at once', async () => {
    await Promise.all(
      Array.from({ length: 30 }, (_, number) =>
        append(number % 2 ? 'parcel' : 'other', number),
      ),
    );

    for (const organizationId of ['parcel', 'other']) {
      expect(
        await verifyAuditChain(stores.audit, organizationId),
      ).toMatchObject({ verdict: 'consistent', rows: 15 });
      expect(await stores.audit.head(organizationId)).toMatchObject({
        sequence: 15,
      });
    }
  });

  it('security rule 28: does not fork where two replicas append, each with its own pool', async () => {
    const knex = await databases.initMigrated(id);
    const pools = [knex];
    // SQLite is one file and one process: there is no second replica.
    if (id === 'POSTGRES_15') {
      const { client, connection } = knex.client.config;
      pools.push(createKnex({ client, connection }));
    }
    const replicas = pools.map(pool => new DatabaseStores(pool, NO_SEALS));
    await Promise.all(
      Array.from({ length: 40 }, (_, number) =>
        replicas[number % replicas.length].transaction(inside =>
          inside.audit.append({
            organizationId: 'parcel',
            kind: 'test.happened',
            actor: null,
            requestId: null,
            data: { number },
          }),
        ),
      ),
    );
    expect(await verifyAuditChain(replicas[0].audit, 'parcel')).toMatchObject({
      verdict: 'consistent',
      rows: 40,
    });
    await Promise.all(pools.slice(1).map(pool => pool.destroy()));
  });

  it('takes nothing of what is rolled back', async () => {
    await append('parcel', 1);
    await expect(
      stores.transaction(async inside => {
        await inside.audit.append({
          organizationId: 'parcel',
          kind: 'test.failed',
          actor: null,
          requestId: null,
          data: {},
        });
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await append('parcel', 2);

    const events = await stores.audit.list({
      organizationId: 'parcel',
      limit: 10,
    });
    expect(events.map(event => [event.sequence, event.kind])).toEqual([
      [2, 'test.happened'],
      [1, 'test.happened'],
    ]);
  });

  it('filters by request and pages backwards', async () => {
    for (let number = 0; number < 6; number++) await append('parcel', number);

    const first = await stores.audit.list({ requestId: 'request-0', limit: 1 });
    expect(first).toMatchObject([{ sequence: 4, data: { number: 3 } }]);
    expect(
      await stores.audit.list({
        requestId: 'request-0',
        beforeSequence: first[0].sequence,
        limit: 5,
      }),
    ).toMatchObject([{ sequence: 1 }]);
  });
});

import { DatabaseStores } from '../database/DatabaseStores';
import { createTestDatabases } from '../testing/databases';
import { verifyAuditChain } from './verifyAuditChain';

const databases = createTestDatabases();

describe.each(databases.ids)('DatabaseAuditStore on %s', id => {
  let stores: DatabaseStores;
  beforeEach(async () => {
    stores = new DatabaseStores(await databases.initMigrated(id));
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

  it('rule 28: gives one chain without gaps, however many write at once', async () => {
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

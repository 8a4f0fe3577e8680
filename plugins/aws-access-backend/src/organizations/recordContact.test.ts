import { DatabaseStores } from '../database/DatabaseStores';
import { NO_SEALS } from '../integrity/Seals';
import { createTestDatabases } from '../testing/databases';
import { recordContact } from './recordContact';

const aws = {
  instanceArn: 'arn:aws:sso:::instance/ssoins-1',
  identityStoreId: 'd-1',
  managementAccountId: '100000000001',
};
const entra = {
  tenantId: 'tenant-1',
  enterpriseApplicationId: 'application-1',
};
const otherTenant = { ...entra, tenantId: 'tenant-2' };
const WORDS =
  'The clouds are not the ones of first contact: the Entra tenant was tenant-1 and is tenant-2';

describe('recordContact', () => {
  const databases = createTestDatabases();

  describe.each(databases.ids)('on %s', databaseId => {
    async function open() {
      const stores = new DatabaseStores(
        await databases.initMigrated(databaseId),
        NO_SEALS,
      );
      const record = (said: Parameters<typeof recordContact>[2]) =>
        recordContact(stores, 'parcel', said);
      const held = async () =>
        (await stores.organizations.get('parcel'))!.heldReason;
      return { stores, record, held };
    }

    it('security rule 23: pins what both clouds said, and nothing of one alone', async () => {
      const { record } = await open();
      expect(await record(aws)).toBeUndefined();
      expect(await record({ ...aws, ...entra })).toEqual({
        pins: { organizationId: 'parcel', ...aws, ...entra },
        mismatch: null,
        held: null,
      });
      expect(await record(entra)).toMatchObject({ held: null });
    });

    it('security rule 23: holds for one cloud that is another, and goes on only when both are the same', async () => {
      const { stores, record, held } = await open();
      await record({ ...aws, ...entra });
      expect(await record(otherTenant)).toMatchObject({
        mismatch: WORDS,
        held: WORDS,
      });
      // The other cloud says nothing of it, and neither does silence.
      expect(await record(aws)).toMatchObject({ mismatch: null, held: WORDS });
      expect(await record(entra)).toMatchObject({ held: WORDS });
      expect(await held()).toBe(WORDS);
      expect(await record({ ...aws, ...entra })).toMatchObject({ held: null });
      const events = await stores.audit.list({ limit: 10 });
      expect(events.map(({ kind }) => kind)).toEqual([
        'organization.released',
        'organization.held',
      ]);
    });

    it('leaves a hold of another cause to people', async () => {
      const { stores, record, held } = await open();
      await record({ ...aws, ...entra });
      await stores.organizations.hold('parcel', 'An operator says so');
      expect(await record({ ...aws, ...otherTenant })).toMatchObject({
        mismatch: WORDS,
        held: 'An operator says so',
      });
      await record({ ...aws, ...entra });
      expect(await held()).toBe('An operator says so');
    });
  });
});

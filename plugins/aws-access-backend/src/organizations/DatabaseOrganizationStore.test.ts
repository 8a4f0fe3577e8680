import { DatabaseStores } from '../database/DatabaseStores';
import { NO_SEALS } from '../integrity/Seals';
import { createTestDatabases } from '../testing/databases';
import { FenceLostError } from './FenceLostError';

const pins = {
  organizationId: 'parcel',
  instanceArn: 'arn:aws:sso:::instance/ssoins-1',
  identityStoreId: 'd-1',
  managementAccountId: '100000000001',
  tenantId: 'tenant-1',
  enterpriseApplicationId: 'application-1',
};

describe('DatabaseOrganizationStore', () => {
  const databases = createTestDatabases();

  describe.each(databases.ids)('on %s', databaseId => {
    async function open() {
      const knex = await databases.initMigrated(databaseId);
      const expire = () =>
        knex('aws_access_organizations').update({
          claim_until: '2000-01-01T00:00:00.000Z',
        });
      return { knex, expire, stores: new DatabaseStores(knex, NO_SEALS) };
    }

    it('security rule 21: gives the claim to one worker, and raises the epoch at each take-over', async () => {
      const { stores, expire } = await open();
      const { organizations } = stores;

      const first = await organizations.claim('parcel', 'one', 60);
      expect(first).toEqual({
        organizationId: 'parcel',
        owner: 'one',
        epoch: 1,
      });
      expect(await organizations.claim('parcel', 'two', 60)).toBeUndefined();
      expect(await organizations.claim('parcel', 'one', 60)).toEqual(first);
      expect(await organizations.holds(first!)).toBe(true);

      await expire();
      expect(await organizations.holds(first!)).toBe(false);
      const second = await organizations.claim('parcel', 'two', 60);
      expect(second!.epoch).toBe(2);
      await expect(organizations.fence(first!)).rejects.toThrow(FenceLostError);
      await organizations.fence(second!);

      await organizations.release(first!);
      expect(await organizations.holds(second!)).toBe(true);
      await organizations.release(second!);
      expect((await organizations.claim('parcel', 'one', 60))!.epoch).toBe(3);
    });

    it('security rule 21: takes its own claim over too once it ran out', async () => {
      const { stores, expire } = await open();
      const { organizations } = stores;
      const first = await organizations.claim('parcel', 'one', 60);
      await expire();
      expect((await organizations.claim('parcel', 'one', 60))!.epoch).toBe(2);
      await expect(organizations.fence(first!)).rejects.toThrow(FenceLostError);
    });

    it('security rule 21: lets exactly one of many rivals have the claim', async () => {
      const { stores } = await open();
      const claims = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          stores.organizations.claim('parcel', `rival-${index}`, 60),
        ),
      );
      expect(claims.filter(Boolean)).toHaveLength(1);
    });

    it('security rule 23: keeps the pins of first contact', async () => {
      const { stores } = await open();
      const { organizations } = stores;
      expect(await organizations.get('parcel')).toBeUndefined();
      await organizations.pin(pins);
      const later = await organizations.pin({ ...pins, tenantId: 'other' });
      expect(later.pins).toEqual(pins);
      await organizations.hold('parcel', 'something is wrong');
      expect((await organizations.get('parcel'))!.heldReason).toBe(
        'something is wrong',
      );
      await organizations.hold('parcel', null);
      expect((await organizations.get('parcel'))!.heldReason).toBeNull();
    });
  });
});

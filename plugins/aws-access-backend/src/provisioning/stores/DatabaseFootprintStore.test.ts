import { Knex } from 'knex';
import { DatabaseStores } from '../../database/DatabaseStores';
import { NO_SEALS } from '../../integrity/Seals';
import { approveRequest } from '../../testing/approveRequest';
import { createTestDatabases } from '../../testing/databases';
import { planOf } from '../../testing/planOf';
import { FootprintKey } from './FootprintStore';

const shared = (objectKey: string): FootprintKey => ({
  objectKey,
  mode: 'shared',
});
const exclusive = (objectKey: string): FootprintKey => ({
  objectKey,
  mode: 'exclusive',
});

describe('DatabaseFootprintStore', () => {
  const databases = createTestDatabases();

  describe.each(databases.ids)('on %s', databaseId => {
    let knex: Knex;
    let stores: DatabaseStores;
    let ids: string[];

    beforeEach(async () => {
      knex = await databases.initMigrated(databaseId);
      stores = new DatabaseStores(knex, NO_SEALS);
      ids = [];
      for (const groupName of ['AWS-One', 'AWS-Two']) {
        ids.push((await approveRequest(stores, planOf({ groupName }))).id);
      }
    });
    const take = (id: string, ...keys: FootprintKey[]) =>
      stores.provisioning.footprints.take('parcel', id, keys);

    it('security rule 1: lets requests share what they rely on, and not what one of them changes', async () => {
      const [one, two] = ids;
      const { footprints } = stores.provisioning;
      expect(await take(one, shared('set/a'), exclusive('group/1'))).toEqual(
        [],
      );
      expect(await take(two, shared('set/a'), exclusive('group/1'))).toEqual([
        one,
      ]);
      // All or nothing.
      expect(await footprints.listOfRequest(two)).toEqual([]);
      expect(await take(two, exclusive('set/a'))).toEqual([one]);
      expect(await take(two, shared('group/1'))).toEqual([one]);
      expect(await take(two, shared('set/a'), exclusive('group/2'))).toEqual(
        [],
      );
      // Its own keys are not in its way, also after a crash between two steps.
      expect(await take(one, shared('set/a'), exclusive('group/1'))).toEqual(
        [],
      );
      await footprints.release(one);
      expect(await take(two, exclusive('group/1'))).toEqual([]);
    });

    it('security rule 1: drops the keys of a request that has nothing under way any more', async () => {
      const [one, two] = ids;
      await take(one, exclusive('group/1'));
      await knex('aws_access_requests')
        .where('id', one)
        .update({ state: 'withdrawn' });
      expect(await take(two, exclusive('group/1'))).toEqual([]);
    });

    it('security rule 14: reserves a folded name for one request', async () => {
      const [one, two] = ids;
      const { footprints } = stores.provisioning;
      expect(await footprints.reserveNames('parcel', one, ['aws-x'])).toEqual(
        [],
      );
      expect(await footprints.reserveNames('parcel', one, ['aws-x'])).toEqual(
        [],
      );
      expect(await footprints.reserveNames('parcel', two, ['aws-x'])).toEqual([
        'aws-x',
      ]);
      expect(await footprints.isNameReserved('parcel', 'aws-x', one)).toBe(
        false,
      );
      expect(
        await footprints.isNameReserved('parcel', 'aws-x', undefined),
      ).toBe(true);
      await footprints.releaseNames(one);
      expect(await footprints.reserveNames('parcel', two, ['aws-x'])).toEqual(
        [],
      );
    });
  });
});

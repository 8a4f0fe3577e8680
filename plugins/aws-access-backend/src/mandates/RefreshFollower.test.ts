import { createTestDatabases } from '../testing/databases';
import { DatabaseRefreshStore } from '../inventory/DatabaseRefreshStore';
import { RefreshFollower } from './RefreshFollower';

const databases = createTestDatabases();

it.each(databases.ids)(
  'a finished refresh is news once, whoever ran it, on %s',
  async id => {
    const knex = await databases.initMigrated(id);
    const refreshes = new DatabaseRefreshStore(knex);
    const onFinished = jest.fn();
    const follower = new RefreshFollower({
      refreshes,
      organizationIds: ['parcel', 'other'],
      onFinished,
    });
    await refreshes.request('parcel');
    await follower.look();
    await knex('aws_access_inventory_refreshes')
      .where('organization_id', 'parcel')
      .update({ finished_at: '2026-11-24T10:00:00.000Z' });
    await follower.look();
    await follower.look();
    expect(onFinished.mock.calls).toEqual([['parcel']]);
  },
);

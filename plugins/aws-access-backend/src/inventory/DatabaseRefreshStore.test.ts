import { createTestDatabases } from '../testing/databases';
import { DatabaseOrganizationStore } from '../organizations/DatabaseOrganizationStore';
import { DatabaseRefreshStore } from './DatabaseRefreshStore';

const databases = createTestDatabases();
const HOUR = 3600;

describe.each(databases.ids)('DatabaseRefreshStore on %s', id => {
  async function create() {
    const knex = await databases.initMigrated(id);
    return { knex, store: new DatabaseRefreshStore(knex) };
  }

  it('lets one replica refresh, and the next when it is due or asked for', async () => {
    const { store } = await create();
    const begun = await Promise.all([
      store.begin('parcel', 'replica-1', HOUR),
      store.begin('parcel', 'replica-2', HOUR),
    ]);
    expect(begun.filter(Boolean)).toHaveLength(1);
    const winner = begun[0] ? 'replica-1' : 'replica-2';
    const loser = begun[0] ? 'replica-2' : 'replica-1';
    expect(await store.get('parcel')).toMatchObject({
      running: true,
      startedAt: begun.find(Boolean),
      progress: null,
    });

    expect(
      await store.progress('parcel', winner, {
        part: 'assignments',
        done: 3,
        total: 9,
      }),
    ).toBe(true);
    expect(await store.progress('parcel', loser, null)).toBe(false);
    expect(await store.get('parcel')).toMatchObject({
      progress: { part: 'assignments', done: 3, total: 9 },
    });

    // Asked for while it runs: once more after it, because it began too early.
    await store.request('parcel');
    expect(await store.begin('parcel', loser, HOUR)).toBeUndefined();
    await store.finish('parcel', loser);
    expect((await store.get('parcel')).running).toBe(true);
    await store.finish('parcel', winner);
    expect(await store.get('parcel')).toMatchObject({
      running: false,
      finishedAt: expect.any(String),
      progress: null,
    });
    expect(await store.begin('parcel', loser, HOUR)).toEqual(
      expect.any(String),
    );
    await store.finish('parcel', loser);
    expect(await store.begin('parcel', winner, HOUR)).toBeUndefined();
    expect(await store.begin('parcel', winner, 0)).toEqual(expect.any(String));
    // Other organizations are not concerned.
    expect(await store.begin('other', winner, HOUR)).toEqual(
      expect.any(String),
    );
  });

  it('begins again what a replica left unfinished', async () => {
    const { knex, store } = await create();
    await store.begin('parcel', 'dead', HOUR);
    expect(await store.begin('parcel', 'next', HOUR)).toBeUndefined();
    await knex('aws_access_inventory_refreshes').update({
      runner_until: '2026-01-01T00:00:00.000Z',
    });
    expect((await store.get('parcel')).running).toBe(false);
    expect(await store.begin('parcel', 'next', HOUR)).toEqual(
      expect.any(String),
    );
    expect(await store.progress('parcel', 'dead', null)).toBe(false);
  });

  it('may be left to whoever is next, at once', async () => {
    const { store } = await create();
    await store.begin('parcel', 'stopping', HOUR);
    await store.abandon('parcel', 'other');
    expect((await store.get('parcel')).running).toBe(true);
    await store.abandon('parcel', 'stopping');
    expect(await store.get('parcel')).toMatchObject({
      running: false,
      finishedAt: null,
    });
    expect(await store.begin('parcel', 'next', HOUR)).toEqual(
      expect.any(String),
    );
  });

  it('lets only the replica read that works for the organization, so that both share one rate', async () => {
    const { knex, store } = await create();
    const organizations = new DatabaseOrganizationStore(knex);
    const begin = (runner: string, worker?: string) =>
      store.begin('parcel', runner, HOUR, worker);
    // Nobody works for it, so anybody may read it.
    expect(await begin('first', 'worker-1')).toEqual(expect.any(String));
    const alive = () => store.progress('parcel', 'first', null, 'worker-1');
    expect(await alive()).toBe(true);
    await organizations.claim('other', 'worker-2', 60);
    expect(await alive()).toBe(true);

    const claim = await organizations.claim('parcel', 'worker-2', 60);
    expect(await alive()).toBe(false);
    await store.abandon('parcel', 'first');
    expect(await begin('first', 'worker-1')).toBeUndefined();
    expect(await begin('second', 'worker-2')).toEqual(expect.any(String));
    await store.abandon('parcel', 'second');

    await organizations.release(claim!);
    expect(await begin('first', 'worker-1')).toEqual(expect.any(String));
    await store.abandon('parcel', 'first');
    // A claim that ran out is nobody's.
    await organizations.claim('parcel', 'worker-2', -1);
    expect(await begin('first', 'worker-1')).toEqual(expect.any(String));
  });

  it('remembers what was read again since a moment', async () => {
    const { store } = await create();
    const group = { kind: 'group' as const, entraGroupId: 'g' };
    const pair = {
      kind: 'assignments' as const,
      accountId: '1',
      permissionSetArn: 'a',
    };
    await store.recordPatches('parcel', [group, pair]);
    await store.recordPatches('parcel', [group]);
    const since = '2026-01-01T00:00:00.000Z';
    expect(await store.takePatchesSince('parcel', since)).toEqual(
      expect.arrayContaining([group, pair]),
    );
    expect(await store.takePatchesSince('other', since)).toEqual([]);
    expect(
      await store.takePatchesSince('parcel', '2999-01-01T00:00:00.000Z'),
    ).toEqual([]);
    expect(await store.takePatchesSince('parcel', since)).toEqual([]);
  });
});

import { Knex } from 'knex';
import { createTestDatabases } from '../testing/databases';
import { InventoryWriter } from '../testing/InventoryWriter';
import { DatabaseInventory } from './DatabaseInventory';
import { InventoryPermissionSet } from './InventoryStore';

const databases = createTestDatabases();

const FIRST = '2026-01-01T01:00:00.000Z';
const SECOND = '2026-01-01T02:00:00.000Z';

const user = (n: number, displayName = `User ${n}`) => ({
  userId: `user-${n}`,
  userPrincipalName: `user-${n}@parcel.example`,
  displayName,
  accountEnabled: true,
});
const set = (name: string) =>
  ({
    arn: `arn:${name}`,
    name,
    documentDigest: 'd',
    document: { name, tags: {} },
  } as InventoryPermissionSet);

describe.each(databases.ids)('DatabasePartDraft on %s', id => {
  let knex: Knex;
  let inventory: DatabaseInventory;
  let writer: InventoryWriter;

  beforeEach(async () => {
    knex = await databases.initMigrated(id);
    inventory = new DatabaseInventory(knex);
    writer = new InventoryWriter(knex);
  });

  const userIds = Array.from({ length: 1_002 }, (_, n) => `user-${n}`);
  const known = async () =>
    (await inventory.store.getEntraUsers('parcel', userIds))
      .map(({ displayName }) => displayName)
      .sort();
  const part = async (name: string) =>
    (await inventory.store.getParts('parcel')).find(one => one.part === name);

  it('takes its place as a whole, and only in its organization', async () => {
    await writer.replaceEntraUsers('other', [user(1)]);
    const first = await inventory.partDrafts.begin('parcel', 'entraUsers');
    // Larger than what one statement takes, page by page, one of them twice.
    for (let n = 0; n < 1_001; n++) await first.add('entraUsers', [user(n)]);
    await first.add('entraUsers', [user(7, 'again')]);
    expect(await known()).toEqual([]);
    expect(await part('entraUsers')).toMatchObject({ asOf: null });
    await first.finish(FIRST);
    expect(await known()).toHaveLength(1_001);
    expect(await known()).not.toContain('again');
    expect(await part('entraUsers')).toEqual({
      part: 'entraUsers',
      asOf: FIRST,
      complete: true,
      reason: null,
    });

    const second = await inventory.partDrafts.begin('parcel', 'entraUsers');
    await second.add('entraUsers', [user(1, 'renamed'), user(1_001)]);
    await second.finish(SECOND);
    expect(await known()).toEqual(['User 1001', 'renamed']);
    expect(await inventory.store.getEntraUsers('other', ['user-1'])).toEqual([
      user(1),
    ]);

    const empty = await inventory.partDrafts.begin('parcel', 'entraUsers');
    await empty.finish(SECOND);
    expect(await known()).toEqual([]);
    const left = await knex('aws_access_draft_entra_users').count({ n: '*' });
    expect(Number(left[0].n)).toBe(0);
  });

  it('leaves the picture as it was when it is given up, or another reading has begun', async () => {
    await writer.replaceEntraUsers('parcel', [user(1)], FIRST);
    // A backend that was killed in the middle leaves this behind.
    const given = await inventory.partDrafts.begin('parcel', 'entraUsers');
    await given.add(
      'entraUsers',
      userIds.map((_, n) => user(n, 'late')),
    );
    const current = await inventory.partDrafts.begin('parcel', 'entraUsers');
    await current.add('entraUsers', [user(2)]);
    await expect(given.finish(SECOND)).rejects.toThrow('Another reading');
    expect(await known()).toEqual(['User 1']);
    expect(await part('entraUsers')).toMatchObject({ asOf: FIRST });
    // What the late one still adds is of another draft.
    await given.add(
      'entraUsers',
      userIds.map((_, n) => user(n, 'late')),
    );
    await current.finish(SECOND);
    expect(await known()).toEqual(['User 2']);
    await expect(current.finish(SECOND)).rejects.toThrow('Another reading');
  });

  it('takes over the permission sets whose turn has not come', async () => {
    const { partDrafts, records } = inventory;
    await writer.replacePermissionSets('parcel', [set('A'), set('B')], FIRST);
    await writer.replacePermissionSets('other', [set('A')], FIRST);
    const draft = await partDrafts.begin('parcel', 'permissionSets');
    await draft.keepPermissionSets(['arn:A', 'arn:gone']);
    await draft.add('permissionSets', [{ ...set('C'), documentDigest: 'new' }]);
    await draft.finish(SECOND);
    const found = await records.getPermissionSets('parcel', [
      'arn:A',
      'arn:B',
      'arn:C',
    ]);
    expect(
      found.map(({ name, documentDigest }) => [name, documentDigest]).sort(),
    ).toEqual([
      ['A', 'd'],
      ['C', 'new'],
    ]);
    // None is new, and none is read: all are as they were.
    const again = await partDrafts.begin('parcel', 'permissionSets');
    await again.keepPermissionSets(['arn:A', 'arn:C']);
    await again.finish(SECOND);
    expect(
      await records.getPermissionSets('parcel', ['arn:A', 'arn:C']),
    ).toHaveLength(2);
  });
});

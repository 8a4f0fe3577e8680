import { InputError } from '@backstage/errors';
import { setImmediate } from 'node:timers/promises';
import { AccountAssignment } from '../clouds/AwsCloud';
import { createTestDatabases } from '../testing/databases';
import { InventoryWriter } from '../testing/InventoryWriter';
import { DatabaseAccessRecords } from './DatabaseAccessRecords';
import { DatabaseAssignmentsDrafts } from './DatabaseAssignmentsDraft';
import { DatabaseInventoryRotation } from './DatabaseInventoryRotation';
import { DatabaseInventoryStore } from './DatabaseInventoryStore';
import { DatabasePatchStore } from './DatabasePatchStore';
import { InventoryAccount, InventoryPermissionSet } from './InventoryStore';

const databases = createTestDatabases();

function account(number: number, name: string): InventoryAccount {
  return {
    accountId: String(number).padStart(12, '0'),
    name,
    email: null,
    state: 'ACTIVE',
    joinedAt: null,
    ouPath: [{ id: 'ou-1', name: 'Workloads' }],
    tags: { environment: 'prod' },
  };
}

function permissionSet(arn: string, name: string): InventoryPermissionSet {
  return {
    arn,
    name,
    documentDigest: 'd'.repeat(64),
    document: {
      name,
      description: null,
      sessionDuration: 'PT1H',
      relayState: null,
      managedPolicies: [],
      customerManagedPolicies: [],
      inlinePolicy: null,
      permissionsBoundary: null,
      tags: {},
    },
  };
}

describe.each(databases.ids)('DatabaseInventoryStore on %s', id => {
  async function create() {
    const knex = await databases.initMigrated(id);
    return {
      store: new DatabaseInventoryStore(knex),
      records: new DatabaseAccessRecords(knex),
      patches: new DatabasePatchStore(knex),
      rotation: new DatabaseInventoryRotation(knex),
      drafts: new DatabaseAssignmentsDrafts(knex),
      writer: new InventoryWriter(knex),
      knex,
    };
  }

  it('replaces a part whole, with its age, and keeps organizations apart', async () => {
    const { writer, store } = await create();
    expect(await store.getParts('parcel')).toContainEqual({
      part: 'accounts',
      asOf: null,
      complete: false,
      reason: 'It has not been read yet',
    });
    await writer.replaceAccounts('other', [account(1, 'theirs')]);
    await writer.replaceAccounts(
      'parcel',
      [account(1, 'old'), account(2, 'stays')],
      '2026-01-01T00:00:00.000Z',
    );
    await writer.replaceAccounts(
      'parcel',
      [account(2, 'stays'), account(3, 'new'), account(3, 'listed twice')],
      '2026-01-02T00:00:00.000Z',
    );
    expect(await store.getAccount('parcel', '000000000001')).toBeUndefined();
    expect(await store.getAccount('parcel', '000000000002')).toEqual(
      account(2, 'stays'),
    );
    expect(await store.getAccount('other', '000000000001')).toEqual(
      account(1, 'theirs'),
    );
    expect(await store.getParts('parcel')).toContainEqual({
      part: 'accounts',
      asOf: '2026-01-02T00:00:00.000Z',
      complete: true,
      reason: null,
    });
  });

  it('keeps the rows and their age when a part could not be read', async () => {
    const { writer, store } = await create();
    const at = '2026-01-01T00:00:00.000Z';
    await writer.replaceAccounts('parcel', [account(1, 'kept')], at);
    await store.markFailed('parcel', 'accounts', 'AWS could not be reached');
    await store.markFailed(
      'parcel',
      'entraUsers',
      'Graph could not be reached',
    );
    expect(await store.getAccount('parcel', '000000000001')).toEqual(
      account(1, 'kept'),
    );
    expect(await store.getParts('parcel')).toEqual(
      expect.arrayContaining([
        {
          part: 'accounts',
          asOf: at,
          complete: false,
          reason: 'AWS could not be reached',
        },
        {
          part: 'entraUsers',
          asOf: null,
          complete: false,
          reason: 'Graph could not be reached',
        },
      ]),
    );
    await writer.replaceAccounts('parcel', [], '2026-01-03T00:00:00.000Z');
    expect(await store.getAccounts('parcel', ['000000000001'])).toEqual([]);
    expect((await store.getParts('parcel'))[0]).toMatchObject({
      complete: true,
      reason: null,
    });
  });

  it('pages through a searched list, and takes wildcards literally', async () => {
    const { writer, store } = await create();
    const all = Array.from({ length: 7 }, (_, n) =>
      account(n, n % 2 ? `shop-${n}` : `Pay_${n}`),
    );
    await writer.replaceAccounts('parcel', all);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.pageAccounts('parcel', {
        search: 'PAY_',
        limit: 3,
        cursor,
      });
      expect(page.totalItems).toBe(4);
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(['Pay_0', 'Pay_2', 'Pay_4', 'Pay_6']);
    const byId = await store.pageAccounts('parcel', {
      search: '000003',
      limit: 10,
    });
    expect(byId.items.map(({ name }) => name)).toEqual(['shop-3']);
    expect(
      (await store.pageAccounts('parcel', { search: '%', limit: 10 })).items,
    ).toEqual([]);
    await expect(
      store.pageAccounts('parcel', { cursor: 'made up', limit: 1 }),
    ).rejects.toThrow(InputError);
  });

  it('holds an organization of thousands', async () => {
    const { writer, records } = await create();
    const assignments: AccountAssignment[] = Array.from(
      { length: 12_000 },
      (_, n) => ({
        accountId: String(n % 1000).padStart(12, '0'),
        permissionSetArn: `arn-${n % 12}`,
        principalType: 'GROUP',
        principalId: `group-${n}`,
      }),
    );
    await writer.replaceAssignments('parcel', assignments);
    const found = await records.listAssignments('parcel', {
      principalIds: assignments.map(({ principalId }) => principalId),
    });
    expect(found).toHaveLength(12_000);
    expect(
      await records.listAssignments('parcel', {
        accountId: '000000000007',
        permissionSetArn: 'arn-7',
      }),
    ).toHaveLength(4);
  });

  it('knows names that are taken by look-alikes, in either directory', async () => {
    const { writer, store } = await create();
    await writer.replaceEntraGroups('parcel', {
      groups: [
        {
          groupId: 'g1',
          displayName: 'AWS-Payments-Admin',
          description: null,
          assignedToApplication: true,
          owners: 0,
          ownedByUs: false,
          uniqueName: null,
          unusableBecause: null,
        },
      ],
      memberships: [{ groupId: 'g1', userId: 'u1' }],
    });
    await writer.replaceIdentityStore('parcel', {
      users: [],
      groups: [{ groupId: 's1', displayName: 'Handmade', externalId: null }],
      memberships: [],
    });
    for (const name of [
      'aws-payments-ADMIN',
      'ＡＷＳ-Payments-Admin',
      'HANDMADE',
    ]) {
      expect(await store.isGroupNameTaken('parcel', name)).toBe(true);
    }
    expect(await store.isGroupNameTaken('parcel', 'AWS-Payments')).toBe(false);
    expect(await store.isGroupNameTaken('other', 'Handmade')).toBe(false);
  });

  it('replaces one permission set, whose turn to be read then comes at once', async () => {
    const { writer, store, patches, rotation } = await create();
    const at = '2026-01-01T00:00:00.000Z';
    await writer.replacePermissionSets('parcel', [
      permissionSet('arn-1', 'Admin'),
      permissionSet('arn-2', 'Reader'),
    ]);
    await rotation.markPermissionSetsRead(
      'parcel',
      new Map([
        ['arn-1', at],
        ['arn-2', at],
      ]),
    );
    await patches.replacePermissionSet('parcel', 'arn-1', {
      ...permissionSet('arn-1', 'Admin'),
      documentDigest: 'e'.repeat(64),
    });
    expect(await store.getPermissionSet('parcel', 'arn-1')).toMatchObject({
      documentDigest: 'e'.repeat(64),
      document: { tags: {} },
    });
    expect(
      new Map(
        (await rotation.listPermissionSetReads('parcel')).map(
          ({ arn, readAt }) => [arn, readAt],
        ),
      ),
    ).toEqual(
      new Map([
        ['arn-1', null],
        ['arn-2', at],
      ]),
    );
    await patches.replacePermissionSet('parcel', 'arn-1', undefined);
    expect(await store.getPermissionSet('parcel', 'arn-1')).toBeUndefined();
  });

  it('knows how far the reading of pairs has come', async () => {
    const { rotation, drafts } = await create();
    expect(await rotation.getPairCoverage('parcel')).toEqual({
      asOf: null,
      pairs: 0,
      unread: 0,
    });
    const read = async (readSince: string, accountIds: string[]) => {
      const draft = await drafts.begin('parcel');
      await draft.addPairs('arn-1', accountIds);
      await draft.addAssignments(
        accountIds.map(accountId => ({
          accountId,
          permissionSetArn: 'arn-1',
          principalType: 'GROUP',
          principalId: 'group',
        })),
      );
      await draft.countPairs();
      await draft.choose(0.5);
      await draft.finish(readSince);
    };
    const at = '2026-01-01T00:00:00.000Z';
    await read(at, ['1', '2']);
    expect(await rotation.getPairCoverage('parcel')).toEqual({
      asOf: null,
      pairs: 2,
      unread: 1,
    });
    const later = '2026-01-02T00:00:00.000Z';
    await read(later, ['1', '2']);
    expect(await rotation.getPairCoverage('parcel')).toEqual({
      asOf: at,
      pairs: 2,
      unread: 0,
    });
    expect((await rotation.getPairCoverage('other')).pairs).toBe(0);
  });

  describe('of two readings of who is assigned where', () => {
    const at = '2026-01-01T00:00:00.000Z';
    const fill = async (
      drafts: DatabaseAssignmentsDrafts,
      accountIds: string[],
    ) => {
      const draft = await drafts.begin('parcel');
      await draft.addPairs('arn-1', accountIds);
      await draft.countPairs();
      await draft.choose(1);
      return draft;
    };

    it('only the one that began last finishes, also where there is nothing to read', async () => {
      const { rotation, drafts } = await create();
      const empty = await fill(drafts, []);
      const second = await fill(drafts, ['1', '2']);
      await expect(empty.finish(at)).rejects.toThrow('has begun');
      await second.finish(at);
      expect((await rotation.getPairCoverage('parcel')).pairs).toBe(2);
    });

    if (id.startsWith('POSTGRES')) {
      it('the one that finishes is not emptied by the one that begins', async () => {
        const { writer, rotation, drafts, knex } = await create();
        await writer.replaceAssignments(
          'parcel',
          [
            {
              accountId: '1',
              permissionSetArn: 'arn-1',
              principalType: 'GROUP',
              principalId: 'group',
            },
          ],
          at,
        );
        const first = await fill(drafts, ['1', '2', '3']);
        // Holds the first up in the middle of its transaction.
        // Asked beside it: a transaction sees the activity of one moment only.
        const holder = await knex.transaction();
        await holder('aws_access_assignments').forUpdate();
        const waiting = async () => {
          const { rows } = await knex.raw(
            `SELECT 1 FROM pg_stat_activity
             WHERE datname = current_database() AND wait_event_type = 'Lock'`,
          );
          return rows.length as number;
        };
        const finishing = first.finish(at);
        while ((await waiting()) < 1) await setImmediate();
        let hasBegun = false;
        const beginning = drafts.begin('parcel').finally(() => {
          hasBegun = true;
        });
        while (!hasBegun && (await waiting()) < 2) await setImmediate();
        await holder.commit();
        await finishing;
        await beginning;
        expect((await rotation.getPairCoverage('parcel')).pairs).toBe(3);
      });
    }
  });

  it('puts what our own change touched into the picture, and nothing else', async () => {
    const { writer, store, records, patches } = await create();
    const at = '2026-01-01T00:00:00.000Z';
    const assigned = (principalId: string, accountId = '000000000001') => ({
      accountId,
      permissionSetArn: 'arn-1',
      principalType: 'GROUP' as const,
      principalId,
    });
    await writer.replacePermissionSets('parcel', [
      permissionSet('arn-1', 'Admin'),
    ]);
    await writer.replaceAssignments(
      'parcel',
      [assigned('old'), assigned('elsewhere', '000000000002')],
      at,
    );
    await patches.replaceAssignmentsOf('parcel', '000000000001', 'arn-1', [
      assigned('new'),
    ]);
    expect(
      (await records.listAssignments('parcel', {}))
        .map(({ principalId }) => principalId)
        .sort(),
    ).toEqual(['elsewhere', 'new']);
    expect(
      (await store.getParts('parcel')).find(
        ({ part }) => part === 'assignments',
      ),
    ).toMatchObject({ asOf: at });

    const ana = {
      userId: 'entra-ana',
      userPrincipalName: 'ana@parcel.example',
      displayName: 'Ana',
      accountEnabled: true,
    };
    await patches.replaceGroup('parcel', {
      entraGroupId: 'entra-group',
      entra: {
        group: {
          groupId: 'entra-group',
          displayName: 'AWS-Ours',
          description: null,
          assignedToApplication: true,
          owners: 1,
          ownedByUs: true,
          uniqueName: null,
          unusableBecause: null,
        },
        members: [ana],
      },
      store: {
        group: {
          groupId: 'store-group',
          displayName: 'AWS-Ours',
          externalId: 'entra-group',
        },
        memberIds: ['store-ana'],
        users: [
          {
            userId: 'store-ana',
            userName: 'ana@parcel.example',
            displayName: 'Ana',
            externalId: 'entra-ana',
          },
        ],
      },
    });
    expect(await store.getEntraUsers('parcel', ['entra-ana'])).toEqual([ana]);
    expect(
      await records.listStoreMemberships('parcel', { userIds: ['store-ana'] }),
    ).toEqual([{ groupId: 'store-group', userId: 'store-ana' }]);
    expect(
      await records.getStoreGroupsByExternalId('parcel', ['entra-group']),
    ).toHaveLength(1);

    await patches.replaceGroup('parcel', {
      entraGroupId: 'entra-group',
      entra: undefined,
      store: undefined,
    });
    expect(await records.listEntraGroups('parcel')).toEqual([]);
    expect(await records.listStoreGroups('parcel')).toEqual([]);
    expect(
      await records.listEntraMemberships('parcel', { userIds: ['entra-ana'] }),
    ).toEqual([]);
  });
});

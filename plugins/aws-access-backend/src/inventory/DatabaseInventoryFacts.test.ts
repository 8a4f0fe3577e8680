import { createTestDatabases } from '../testing/databases';
import { InventoryWriter } from '../testing/InventoryWriter';
import { DatabaseInventoryFacts } from './DatabaseInventoryFacts';

const databases = createTestDatabases();

it.each(databases.ids)(
  'lists the permission sets of accounts that have many, once each, on %s',
  async id => {
    const knex = await databases.initMigrated(id);
    const facts = new DatabaseInventoryFacts(knex);
    await new InventoryWriter(knex).replaceAssignments(
      'parcel',
      [
        ['1', 'arn-a', 'group-1'],
        ['1', 'arn-a', 'group-2'],
        ['1', 'arn-b', 'group-1'],
        ['2', 'arn-a', 'group-1'],
        ['2', 'arn-a', 'group-2'],
        ['3', 'arn-a', 'group-1'],
        ['3', 'arn-b', 'group-1'],
      ].map(([accountId, permissionSetArn, principalId]) => ({
        accountId,
        permissionSetArn,
        principalType: 'GROUP' as const,
        principalId,
      })),
    );
    const list = async (accountIds: string[]) =>
      [...(await facts.listCrowdedAccounts('parcel', accountIds, 2))]
        .map(([accountId, arns]) => [accountId, [...arns].sort()])
        .sort();
    expect(await list(['1', '2'])).toEqual([['1', ['arn-a', 'arn-b']]]);
    expect(await list([])).toEqual([]);
  },
);

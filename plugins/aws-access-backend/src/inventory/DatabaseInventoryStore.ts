import {
  INVENTORY_PARTS,
  InventoryPart,
  InventoryPartStatus,
} from 'backstage-plugin-aws-access-common';
import { Knex } from 'knex';
import { AccountAssignment, StoreGroup, StoreUser } from '../clouds/AwsCloud';
import { EntraUser } from '../clouds/EntraCloud';
import { databaseNow } from '../database/databaseNow';
import { inChunks } from '../database/inChunks';
import { foldName } from '../planning/names/foldName';
import { DatabaseInventoryFacts } from './DatabaseInventoryFacts';
import { readPage } from './DatabaseInventoryPages';
import { rows, TABLES } from './inventoryTables';
import {
  InventoryAccount,
  InventoryEntraGroup,
  InventoryPage,
  InventoryPermissionSet,
  InventoryStore,
  Membership,
  PageQuery,
} from './InventoryStore';
import { writePart } from './DatabaseInventoryParts';

/** SQLite joins at most 500 rows into one insert. */
const INSERT_ROWS = 400;

/** What a part replaces: a table, and its rows without the organization. */
interface Replacement {
  table: string;
  rows: object[];
}

/** The picture of both clouds in the plugin's database. */
export class DatabaseInventoryStore implements InventoryStore {
  readonly facts: DatabaseInventoryFacts;
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
    this.facts = new DatabaseInventoryFacts(knex);
  }

  async getParts(organizationId: string): Promise<InventoryPartStatus[]> {
    const stored = await this.#knex(TABLES.parts).where({
      organization_id: organizationId,
    });
    const byPart = new Map(stored.map(row => [row.part, row]));
    return INVENTORY_PARTS.map(part => {
      const row = byPart.get(part);
      return {
        part,
        asOf: row?.as_of ?? null,
        complete: Boolean(row?.complete),
        reason: row ? row.reason : 'It has not been read yet',
      };
    });
  }

  async getAccount(organizationId: string, accountId: string) {
    const [account] = await this.getAccounts(organizationId, [accountId]);
    return account;
  }

  async getAccounts(organizationId: string, accountIds: string[]) {
    const found = await inChunks(accountIds, chunk =>
      this.#knex(TABLES.accounts)
        .where({ organization_id: organizationId })
        .whereIn('account_id', chunk),
    );
    return found.map(rows.account.fromRow);
  }

  async pageAccounts(
    organizationId: string,
    query: PageQuery,
  ): Promise<InventoryPage<InventoryAccount>> {
    return readPage(this.#knex, query, {
      table: TABLES.accounts,
      organizationId,
      idColumn: 'account_id',
      fromRow: rows.account.fromRow,
    });
  }

  async getPermissionSet(organizationId: string, arn: string) {
    const row = await this.#knex(TABLES.permissionSets)
      .where({ organization_id: organizationId, arn })
      .first();
    return row && rows.permissionSet.fromRow(row);
  }

  async pagePermissionSets(
    organizationId: string,
    query: PageQuery,
  ): Promise<InventoryPage<InventoryPermissionSet>> {
    return readPage(this.#knex, query, {
      table: TABLES.permissionSets,
      organizationId,
      idColumn: 'arn',
      fromRow: rows.permissionSet.fromRow,
    });
  }

  async getEntraUsers(organizationId: string, userIds: string[]) {
    const found = await inChunks(userIds, chunk =>
      this.#knex(TABLES.entraUsers)
        .where({ organization_id: organizationId })
        .whereIn('user_id', chunk),
    );
    return found.map(rows.entraUser.fromRow);
  }

  async getStoreUsersByExternalId(
    organizationId: string,
    externalIds: string[],
  ) {
    const found = await inChunks(externalIds, chunk =>
      this.#knex(TABLES.storeUsers)
        .where({ organization_id: organizationId })
        .whereIn('external_id', chunk),
    );
    return found.map(rows.storeUser.fromRow);
  }

  async isGroupNameTaken(
    organizationId: string,
    displayName: string,
  ): Promise<boolean> {
    const folded = foldName(displayName);
    const inEntra = await this.#knex(TABLES.entraGroups)
      .where({ organization_id: organizationId, folded_name: folded })
      .first('group_id');
    if (inEntra) return true;
    // No database folds names as SCIM's merge does, so we do it here.
    const names = await this.#knex(TABLES.storeGroups)
      .where({ organization_id: organizationId })
      .select('display_name');
    return names.some(row => foldName(row.display_name) === folded);
  }

  replaceAccounts(
    organizationId: string,
    accounts: InventoryAccount[],
    readSince?: string,
  ) {
    return this.#replace(organizationId, 'accounts', readSince, [
      { table: TABLES.accounts, rows: accounts.map(rows.account.toRow) },
    ]);
  }

  replacePermissionSets(
    organizationId: string,
    sets: InventoryPermissionSet[],
    readSince?: string,
  ) {
    return this.#replace(organizationId, 'permissionSets', readSince, [
      {
        table: TABLES.permissionSets,
        rows: sets.map(rows.permissionSet.toRow),
      },
    ]);
  }

  replaceAssignments(
    organizationId: string,
    assignments: AccountAssignment[],
    readSince?: string,
  ) {
    return this.#replace(organizationId, 'assignments', readSince, [
      {
        table: TABLES.assignments,
        rows: assignments.map(rows.assignment.toRow),
      },
    ]);
  }

  replaceIdentityStore(
    organizationId: string,
    content: {
      users: StoreUser[];
      groups: StoreGroup[];
      memberships: Membership[];
    },
    readSince?: string,
  ) {
    return this.#replace(organizationId, 'identityStore', readSince, [
      {
        table: TABLES.storeUsers,
        rows: content.users.map(rows.storeUser.toRow),
      },
      {
        table: TABLES.storeGroups,
        rows: content.groups.map(rows.storeGroup.toRow),
      },
      {
        table: TABLES.storeMemberships,
        rows: content.memberships.map(toMembershipRow),
      },
    ]);
  }

  replaceEntraUsers(
    organizationId: string,
    users: EntraUser[],
    readSince?: string,
  ) {
    return this.#replace(organizationId, 'entraUsers', readSince, [
      { table: TABLES.entraUsers, rows: users.map(rows.entraUser.toRow) },
    ]);
  }

  replaceEntraGroups(
    organizationId: string,
    content: { groups: InventoryEntraGroup[]; memberships: Membership[] },
    readSince?: string,
  ) {
    return this.#replace(organizationId, 'entraGroups', readSince, [
      {
        table: TABLES.entraGroups,
        rows: content.groups.map(rows.entraGroup.toRow),
      },
      {
        table: TABLES.entraMemberships,
        rows: content.memberships.map(toMembershipRow),
      },
    ]);
  }

  markRead(organizationId: string, part: InventoryPart, readSince?: string) {
    return this.#replace(organizationId, part, readSince, []);
  }

  async markFailed(
    organizationId: string,
    part: InventoryPart,
    reason: string,
  ): Promise<void> {
    await this.#knex(TABLES.parts)
      .insert({
        organization_id: organizationId,
        part,
        complete: false,
        reason,
        attempted_at: databaseNow(this.#knex),
      })
      .onConflict(['organization_id', 'part'])
      .merge(['complete', 'reason', 'attempted_at']);
  }

  /**
   * A part's rows and its age change together: whoever reads sees the old
   * picture or the new one.
   */
  async #replace(
    organizationId: string,
    part: InventoryPart,
    readSince: string | undefined,
    replacements: Replacement[],
  ): Promise<void> {
    await this.#knex.transaction(async transaction => {
      for (const { table, rows: content } of replacements) {
        await transaction(table)
          .where({ organization_id: organizationId })
          .delete();
        const complete = content.map(row => ({
          organization_id: organizationId,
          ...row,
        }));
        for (let start = 0; start < complete.length; start += INSERT_ROWS) {
          // A list that changes while its pages are read may name one thing twice.
          await transaction(table)
            .insert(complete.slice(start, start + INSERT_ROWS))
            .onConflict()
            .ignore();
        }
      }
      await writePart(transaction, organizationId, part, readSince);
    });
  }
}

function toMembershipRow({ groupId, userId }: Membership) {
  return { group_id: groupId, user_id: userId };
}

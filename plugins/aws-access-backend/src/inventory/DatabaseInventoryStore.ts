import {
  INVENTORY_PARTS,
  InventoryPart,
  InventoryPartStatus,
} from 'backstage-plugin-aws-access-common';
import { Knex } from 'knex';
import { databaseNow } from '../database/databaseNow';
import { inChunks } from '../database/inChunks';
import { foldName } from '../planning/names/foldName';
import { DatabaseInventoryFacts } from './DatabaseInventoryFacts';
import { readPage } from './DatabaseInventoryPages';
import { rows, TABLES } from './inventoryTables';
import {
  InventoryAccount,
  InventoryPage,
  InventoryPermissionSet,
  InventoryStore,
  PageQuery,
} from './InventoryStore';
import { writePart } from './DatabaseInventoryParts';

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

  markRead(organizationId: string, part: InventoryPart, readSince?: string) {
    return this.#knex.transaction(transaction =>
      writePart(transaction, organizationId, part, readSince),
    );
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
}

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
import { DatabasePartDrafts } from './DatabasePartDraft';
import { DraftedPart, PartContent, PartDrafts } from './PartDraft';

/** SQLite joins at most 500 rows into one insert. */
const CHUNK = 400;

/** The picture of both clouds in the plugin's database. */
export class DatabaseInventoryStore implements InventoryStore {
  readonly facts: DatabaseInventoryFacts;
  readonly #knex: Knex;
  readonly #drafts: PartDrafts;

  constructor(knex: Knex) {
    this.#knex = knex;
    this.#drafts = new DatabasePartDrafts(knex);
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
    return this.#replace(organizationId, 'accounts', readSince, { accounts });
  }

  replacePermissionSets(
    organizationId: string,
    permissionSets: InventoryPermissionSet[],
    readSince?: string,
  ) {
    return this.#replace(organizationId, 'permissionSets', readSince, {
      permissionSets,
    });
  }

  async replaceAssignments(
    organizationId: string,
    assignments: AccountAssignment[],
    readSince?: string,
  ) {
    await this.#knex.transaction(async transaction => {
      await transaction(TABLES.assignments)
        .where({ organization_id: organizationId })
        .delete();
      for (let start = 0; start < assignments.length; start += CHUNK) {
        const chunk = assignments.slice(start, start + CHUNK);
        await transaction(TABLES.assignments)
          .insert(
            chunk.map(assignment => ({
              organization_id: organizationId,
              ...rows.assignment.toRow(assignment),
            })),
          )
          .onConflict()
          .ignore();
      }
      await writePart(transaction, organizationId, 'assignments', readSince);
    });
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
    return this.#replace(organizationId, 'identityStore', readSince, {
      storeUsers: content.users,
      storeGroups: content.groups,
      storeMemberships: content.memberships,
    });
  }

  replaceEntraUsers(
    organizationId: string,
    entraUsers: EntraUser[],
    readSince?: string,
  ) {
    return this.#replace(organizationId, 'entraUsers', readSince, {
      entraUsers,
    });
  }

  replaceEntraGroups(
    organizationId: string,
    content: { groups: InventoryEntraGroup[]; memberships: Membership[] },
    readSince?: string,
  ) {
    return this.#replace(organizationId, 'entraGroups', readSince, {
      entraGroups: content.groups,
      entraMemberships: content.memberships,
    });
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

  async #replace(
    organizationId: string,
    part: DraftedPart,
    readSince: string | undefined,
    content: { [Kind in keyof PartContent]?: PartContent[Kind][] },
  ): Promise<void> {
    const draft = await this.#drafts.begin(organizationId, part);
    for (const [kind, items] of Object.entries(content)) {
      await draft.add(kind as keyof PartContent, items as any[]);
    }
    await draft.finish(readSince);
  }
}

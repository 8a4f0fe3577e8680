import { Knex } from 'knex';
import { readPage } from './DatabaseInventoryPages';
import { InventoryLists } from './InventoryLists';
import { PageQuery } from './InventoryStore';
import { rows, TABLES } from './inventoryTables';

/** Reads the lists that only pages ask for. */
export class DatabaseInventoryLists implements InventoryLists {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  pageEntraGroups(
    organizationId: string,
    query: PageQuery,
    onlyIds?: string[],
  ) {
    return readPage(this.#knex, query, {
      table: TABLES.entraGroups,
      organizationId,
      idColumn: 'group_id',
      nameColumn: 'display_name',
      onlyIds,
      fromRow: rows.entraGroup.fromRow,
    });
  }

  async countAccountsByPath(organizationId: string) {
    const found: Array<{ ou_path: string; accounts: string | number }> =
      await this.#knex(TABLES.accounts)
        .where({ organization_id: organizationId })
        .groupBy('ou_path')
        .select('ou_path', this.#knex.raw('count(*) as accounts'));
    return found.map(({ ou_path, accounts }) => ({
      path: JSON.parse(ou_path),
      accounts: Number(accounts),
    }));
  }
}

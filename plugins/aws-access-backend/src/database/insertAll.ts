import { Knex } from 'knex';

/** SQLite takes a limited number of values in one statement. */
export async function insertAll(
  knex: Knex,
  table: string,
  rows: object[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += 100) {
    await knex(table).insert(rows.slice(start, start + 100));
  }
}

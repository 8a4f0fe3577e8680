import { Knex } from 'knex';
import { isPostgres } from './databaseNow';

/**
 * Makes transactions that ask for the same lock wait for each other until the
 * one that has it ends. On SQLite transactions follow one another anyway.
 */
export async function lockUntilCommit(
  transaction: Knex,
  name: string,
): Promise<void> {
  if (isPostgres(transaction)) {
    await transaction.raw('select pg_advisory_xact_lock(hashtext(?))', [name]);
  }
}

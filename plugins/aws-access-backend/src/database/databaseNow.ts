import { Knex } from 'knex';

/** True when the database is PostgreSQL; otherwise it is SQLite. */
export function isPostgres(knex: Knex): boolean {
  return knex.client.config.client === 'pg';
}

/**
 * SQL for the database's present moment, ISO-8601 in UTC with milliseconds. The
 * clock of a replica may be wrong; claims and ends go by this one. On PostgreSQL
 * it moves on inside a transaction, as SQLite's does between statements.
 */
export function databaseNow(knex: Knex): Knex.Raw {
  return knex.raw(
    isPostgres(knex)
      ? `to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
      : `strftime('%Y-%m-%dT%H:%M:%fZ', 'now')`,
  );
}

/**
 * SQL for a moment some seconds after the database's present one.
 *
 * @param seconds - may have a fraction; negative = before
 */
export function databaseNowPlus(knex: Knex, seconds: number): Knex.Raw {
  return isPostgres(knex)
    ? knex.raw(
        `to_char((clock_timestamp() + ? * interval '1 second') at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
        [seconds],
      )
    : knex.raw(`strftime('%Y-%m-%dT%H:%M:%fZ', 'now', ?)`, [
        `${seconds} seconds`,
      ]);
}

/** Reads the database's present moment. */
export async function readDatabaseNow(knex: Knex): Promise<string> {
  const row = await knex.select({ now: databaseNow(knex) }).first();
  return row.now;
}

import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { migrationsDirectory } from '../database/runMigrations';

const POSTGRES = 'BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING';

/**
 * SQLite and PostgreSQL for the tests of one file. Where there is no PostgreSQL
 * the tests run on SQLite alone, but a continuous integration that lost its
 * PostgreSQL must not look green.
 */
export function createTestDatabases() {
  const havePostgres = Boolean(process.env[POSTGRES]);
  const ids: TestDatabaseId[] = havePostgres
    ? ['SQLITE_3', 'POSTGRES_15']
    : ['SQLITE_3'];
  const databases = TestDatabases.create({ ids, disableDocker: true });

  if (process.env.CI && !havePostgres) {
    it('has a PostgreSQL to test with', () => {
      throw new Error(
        `CI is set and ${POSTGRES} is not; run the tests through scripts/with-postgres.mjs`,
      );
    });
  }

  return {
    ids,
    /** An empty database of the kind. */
    init: (id: TestDatabaseId): Promise<Knex> => databases.init(id),
    /** A database of the kind with all migrations applied. */
    async initMigrated(id: TestDatabaseId): Promise<Knex> {
      const knex = await databases.init(id);
      await knex.migrate.latest({ directory: migrationsDirectory });
      return knex;
    },
  };
}

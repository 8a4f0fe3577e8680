import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

/** Where the migrations are, in the repository and in the published package. */
export const migrationsDirectory = resolvePackagePath(
  'backstage-plugin-aws-access-backend',
  'migrations',
);

/**
 * Brings the plugin's database up to this version of the code.
 *
 * @throws Error when a migration fails; it stops the start
 */
export async function runMigrations(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  if (!database.migrations?.skip) {
    await knex.migrate.latest({ directory: migrationsDirectory });
  }
  return knex;
}

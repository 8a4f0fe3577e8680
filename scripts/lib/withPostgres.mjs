import { Postgres, POSTGRES_VARIABLE } from './Postgres.mjs';

// Without it, TestDatabases would try to start containers.
const noDocker = { BACKSTAGE_TEST_DISABLE_DOCKER: '1' };

/**
 * Calls `use` with what a child needs in its environment to test on
 * PostgreSQL, and with a line that says which one it is: a configured server
 * ({@link POSTGRES_VARIABLE}), a throw-away one, or none. Removes the
 * throw-away one afterwards.
 */
export async function withPostgres(use) {
  if (process.env[POSTGRES_VARIABLE]) {
    return use({
      env: noDocker,
      found: true,
      description: `Testing on SQLite and on the PostgreSQL that ${POSTGRES_VARIABLE} names.`,
    });
  }

  const server = await Postgres.start();
  if (!server) {
    return use({
      env: noDocker,
      found: false,
      description:
        'PostgreSQL was not found: testing on SQLite only. Install the package postgresql, or set PG_BIN to the folder with initdb, ' +
        `or ${POSTGRES_VARIABLE} to a server of yours.`,
    });
  }
  try {
    return await use({
      env: { ...noDocker, [POSTGRES_VARIABLE]: server.url },
      found: true,
      description: `Testing on SQLite and on PostgreSQL ${server.version}, started for this at port ${server.port}.`,
    });
  } finally {
    server.stop();
  }
}

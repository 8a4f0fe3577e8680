// node scripts/with-postgres.mjs <command> [arguments]
//
// Runs a command, a single test file for instance, with a throw-away
// PostgreSQL for the database tests.
import { withPostgres } from './lib/withPostgres.mjs';
import { runChild } from './lib/runChild.mjs';

const [command, ...args] = process.argv.slice(2);
if (!command) {
  console.error('Usage: node scripts/with-postgres.mjs <command> [arguments]');
  process.exit(1);
}
process.exit(
  await withPostgres(({ env, description }) => {
    console.error(description);
    return runChild(command, args, { env: { ...process.env, ...env } });
  }),
);

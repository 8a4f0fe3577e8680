// Refreshes an inventory from a sandbox, in a process of its own. Ends with its parent.
require('@backstage/cli/config/nodeTransform.cjs');
const { performance } = require('node:perf_hooks');
const createKnex = require('knex');

const backend = '../../plugins/aws-access-backend/src';
const {
  DefaultCloudsProvider,
} = require(`${backend}/clouds/DefaultCloudsProvider`);
const { awsAccessConfigSchema } = require(`${backend}/config/AwsAccessConfig`);
const { DatabaseStores } = require(`${backend}/database/DatabaseStores`);
const { NO_SEALS } = require(`${backend}/integrity/Seals`);
const { migrationsDirectory } = require(`${backend}/database/runMigrations`);
const { DatabaseInventory } = require(`${backend}/inventory/DatabaseInventory`);
const {
  InventoryRefresher,
} = require(`${backend}/inventory/InventoryRefresher`);
const { sandboxConfig } = require(`${backend}/testing/sandboxConfig`);

const quiet = {
  info() {},
  debug() {},
  warn: console.warn,
  error: console.error,
};

/** Between two looks at what is not garbage. */
const SAMPLE_MS = 1_000;

process.once('disconnect', () => process.exit());
process.once('message', async ({ url, factor }) => {
  const knex = createKnex({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });
  await knex.migrate.latest({ directory: migrationsDirectory });
  const config = awsAccessConfigSchema.parse(
    sandboxConfig(url, { limits: { requestsPerSecond: 18 * factor } }),
  );
  const inventory = new DatabaseInventory(knex);
  const refresher = new InventoryRefresher({
    organizations: config.organizations,
    clouds: new DefaultCloudsProvider({
      config,
      verifier: { verify: async () => {} },
      graphUnitsPerSecond: 240 * factor,
    }),
    inventory,
    stores: new DatabaseStores(knex, NO_SEALS),
    leases: { listOfRequest: async () => [] },
    logger: quiet,
  });
  /** @param sampled - whether to look at the heap meanwhile, which costs time */
  const refresh = async sampled => {
    global.gc();
    const before = process.memoryUsage().heapUsed;
    let peak = before;
    const sampling = sampled
      ? setInterval(() => {
          global.gc();
          peak = Math.max(peak, process.memoryUsage().heapUsed);
        }, SAMPLE_MS)
      : undefined;
    const startedAt = performance.now();
    await inventory.refreshes.request('parcel');
    await refresher.runDue();
    const ms = performance.now() - startedAt;
    clearInterval(sampling);
    const parts = await inventory.store.getParts('parcel');
    global.gc();
    process.send({
      type: 'refreshed',
      ms,
      heap: process.memoryUsage().heapUsed,
      growth: peak - before,
      missing: parts.filter(({ complete }) => !complete),
    });
  };
  process.on('message', () => refresh(true));
  await refresh(false);
});

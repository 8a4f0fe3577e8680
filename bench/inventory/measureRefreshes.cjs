// Refreshes an inventory from a sandbox, in a process of its own. Ends with its parent.
require('@backstage/cli/config/nodeTransform.cjs');
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
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
const SAMPLE_MS = 2_000;

// A file, as in a portal: a database in memory would be counted as ours.
const folder = mkdtempSync(join(tmpdir(), 'aws-access-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
process.once('disconnect', () => process.exit());
process.once('message', async ({ url, factor }) => {
  const knex = createKnex({
    client: 'better-sqlite3',
    connection: join(folder, 'inventory.sqlite'),
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
    let rss = 0;
    const sampling = sampled
      ? setInterval(() => {
          global.gc();
          peak = Math.max(peak, process.memoryUsage().heapUsed);
          rss = Math.max(rss, process.memoryUsage().rss);
        }, SAMPLE_MS)
      : undefined;
    const cpuBefore = process.cpuUsage();
    const startedAt = performance.now();
    await inventory.refreshes.request('parcel');
    await refresher.runDue();
    const ms = performance.now() - startedAt;
    const cpu = process.cpuUsage(cpuBefore);
    clearInterval(sampling);
    const parts = await inventory.store.getParts('parcel');
    global.gc();
    process.send({
      type: 'refreshed',
      ms,
      heap: process.memoryUsage().heapUsed,
      growth: peak - before,
      peak,
      rss,
      cpuSeconds: (cpu.user + cpu.system) / 1e6,
      missing: parts.filter(({ complete }) => !complete),
    });
  };
  process.on('message', ({ sampled }) => refresh(sampled));
  process.send({ type: 'ready' });
});

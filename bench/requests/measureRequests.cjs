// One database in a process of its own, for the benchmark that forks it: fills it as its first message says, measures
// what people do most, and answers with the times. Ends with its parent.
require('@backstage/cli/config/nodeTransform.cjs');
const { performance } = require('node:perf_hooks');
const createKnex = require('knex');
const backend = '../../plugins/aws-access-backend/src';
const { migrationsDirectory } = require(`${backend}/database/runMigrations`);
const { LargeCompany } = require(`${backend}/testing/LargeCompany`);
const {
  callerOf,
  LARGE_COMPANY_CALLS,
  largeCompanyService,
} = require(`${backend}/testing/largeCompanyService`);

const WARM_UP = 3;

/** Milliseconds of each run, the fastest first. What else the machine does can only slow a run down. */
async function measure(runs, work) {
  for (let run = 0; run < WARM_UP; run += 1) await work();
  const times = [];
  for (let run = 0; run < runs; run += 1) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
  return times.sort((one, other) => one - other);
}

process.once('disconnect', () => process.exit());
process.once('message', async ({ connection, requests, runs }) => {
  const knex = createKnex({ ...connection, useNullAsDefault: true });
  await knex.migrate.latest({ directory: migrationsDirectory });
  const company = new LargeCompany();
  const startedAt = performance.now();
  await company.fill(knex, requests);
  const fillMs = performance.now() - startedAt;

  const service = largeCompanyService(knex, company);
  const results = [];
  for (const { name, caller, roles, query } of LARGE_COMPANY_CALLS) {
    let found = 0;
    const times = await measure(runs, async () => {
      const page = await service.list(
        query,
        await callerOf(company, caller, roles),
      );
      found = page.items.length;
    });
    results.push({ name, found, times });
  }
  const auditor = await callerOf(company, 'auditor', ['auditor']);
  for (const state of ['active', 'pending', 'ended']) {
    const { items } = await service.list(
      { view: 'all', limit: 1, state },
      auditor,
    );
    const times = await measure(runs, async () => {
      await service.get(
        items[0].id,
        await callerOf(company, 'auditor', ['auditor']),
      );
    });
    results.push({ name: `detail of what is ${state}`, found: 1, times });
  }
  await knex.destroy();
  process.send({ type: 'measured', fillMs, results });
});

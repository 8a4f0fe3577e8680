// The worker in a process of its own, at its real pace: carries out approved requests of so many assignments against
// the sandbox that its first message names, and answers with the times. Ends with its parent.
require('@backstage/cli/config/nodeTransform.cjs');
const { performance } = require('node:perf_hooks');
const { setTimeout: delay } = require('node:timers/promises');
const createKnex = require('knex');
const backend = '../../plugins/aws-access-backend/src';
const { awsAccessConfigSchema } = require(`${backend}/config/AwsAccessConfig`);
const { migrationsDirectory } = require(`${backend}/database/runMigrations`);
const { EMPTY_POLICY } = require(`${backend}/testing/approveRequest`);
const { planDigest } = require(`${backend}/planning/planDigest`);
const {
  ProvisioningEngine,
} = require(`${backend}/provisioning/ProvisioningEngine`);
const {
  emptyPlan,
  personId,
  planObject,
} = require(`${backend}/testing/planOf`);
const { ProvisioningWorld } = require(`${backend}/testing/ProvisioningWorld`);
const { sandboxConfig } = require(`${backend}/testing/sandboxConfig`);

/** A person who has the pairs of permission set and account for some hours. */
function elevationOf(person, pairs) {
  return {
    ...emptyPlan({ people: [person], duration: 'PT8H' }),
    accounts: [...new Set(pairs.map(([, id]) => id))].map(id => ({
      id,
      name: id,
      environment: 'dev',
    })),
    permissionSets: [...new Set(pairs.map(([arn]) => arn))].map(arn => ({
      arn,
      name: arn.slice(-16),
      accessLevel: 'read',
      documentDigest: '1'.repeat(64),
    })),
    objects: pairs.map(([permissionSetArn, accountId]) =>
      planObject('accountAssignment', 'create', {
        principal: { kind: 'person', entraUserId: personId(person) },
        accountId,
        permissionSetArn,
      }),
    ),
  };
}

process.once('disconnect', () => process.exit());
process.once('message', async ({ url, bulk, small, limits }) => {
  const knex = createKnex({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });
  await knex.migrate.latest({ directory: migrationsDirectory });
  const world = new ProvisioningWorld(knex, { url });
  const config = awsAccessConfigSchema.parse(sandboxConfig(url, { limits }));
  const { stores } = world;
  const engine = new ProvisioningEngine({
    config,
    stores,
    clouds: world.provider(config),
    // The world is as it was when the plan was approved.
    planner: {
      planFromClouds: async ({ requestId }) => {
        const { planVersion } = await stores.requests.get(requestId);
        const { plan } = await stores.requests.getPlan(requestId, planVersion);
        return {
          plan,
          digest: planDigest(plan),
          policy: EMPTY_POLICY,
          problems: [],
          asOf: null,
        };
      },
    },
    approvals: { read: async () => ({ decisions: [], stages: [] }) },
    logger: { info() {}, debug() {}, warn: console.warn, error: console.error },
  });
  engine.start();

  const begin = async (person, pairs) => {
    const startedAt = performance.now();
    const { id } = await world.approvePlan(elevationOf(person, pairs));
    engine.wake('parcel');
    return { id, startedAt };
  };
  const finish = async ({ id, startedAt }) => {
    for (;;) {
      const { state, stateReason } = await world.stores.requests.get(id);
      if (state === 'active') return performance.now() - startedAt;
      if (state !== 'approved' && state !== 'provisioning') {
        throw new Error(`A request is ${state}: ${stateReason}`);
      }
      await delay(50);
    }
  };
  const countDone = async ({ id }) => {
    const [{ count }] = await knex('aws_access_steps')
      .where({ request_id: id, state: 'done' })
      .count({ count: '*' });
    return count;
  };

  const alone = await finish(await begin('ben', small.slice(0, 1)));
  process.send({ type: 'alone', ms: alone });
  const crowd = await begin('ana', bulk);
  const crowdMs = finish(crowd);
  while ((await countDone(crowd)) < bulk.length / 20) await delay(100);
  const beside = await finish(await begin('ben', small.slice(1, 2)));
  const done = await countDone(crowd);
  process.send({ type: 'beside', ms: beside, done });
  process.send({ type: 'bulk', ms: await crowdMs });
});

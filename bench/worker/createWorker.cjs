// The worker as a portal has it, at its real pace, with a database of its own in memory and a planner that plans what was
// approved; for benchmarks that measure how long approved requests take.
require('@backstage/cli/config/nodeTransform.cjs');
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
exports.elevationOf = function elevationOf(person, pairs) {
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
};

exports.createWorker = async function createWorker(url, limits) {
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
  return { knex, world, engine };
};

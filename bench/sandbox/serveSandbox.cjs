// A sandbox in a process of its own, for the benchmark that forks it: takes the seed as its first message, and answers
// every later one with its memory. Ends with its parent.
require('@backstage/cli/config/nodeTransform.cjs');
const {
  startSandbox,
} = require('../../plugins/aws-access-sandbox/src/server/startSandbox');

/** No request of the benchmark may meet a quota. */
const OPEN = 1_000_000_000;
const limits = {
  ssoAdminRequestsPerSecond: OPEN,
  identityStoreRequestsPerSecond: OPEN,
  organizationsRequestsPerSecond: OPEN,
  cloudTrailRequestsPerSecond: OPEN,
};
const graphLimits = { resourceUnitsPer10Seconds: OPEN };

/** What the requests are about: whoever has most of what is asked for. */
function findSubjects(store) {
  const first = sql => Object.values(store.get(sql))[0];
  const most = (table, column, where = '1') =>
    first(
      `SELECT ${column} FROM ${table} WHERE ${where} GROUP BY ${column} ORDER BY count(*) DESC, ${column} LIMIT 1`,
    );
  const userId = most('identity_store_memberships', 'user_id');
  const permissionSetArn = most(
    'aws_provisioned_permission_sets',
    'permission_set_arn',
  );
  return {
    permissionSetArn,
    userId,
    accountId: most('aws_provisioned_permission_sets', 'account_id'),
    assignedAccountId: first(
      `SELECT account_id FROM aws_account_assignments WHERE permission_set_arn = '${permissionSetArn}' LIMIT 1`,
    ),
    assignedGroupId: most(
      'aws_account_assignments',
      'principal_id',
      `principal_type = 'GROUP'`,
    ),
    parentId: most('aws_accounts', 'parent_id'),
    groupId: most('identity_store_memberships', 'group_id'),
    entraUserId: first(
      `SELECT external_id FROM identity_store_users WHERE user_id = '${userId}'`,
    ),
    entraGroupId: most('entra_group_members', 'group_id'),
  };
}

process.once('disconnect', () => process.exit());
process.once('message', async ({ seed }) => {
  const startedAt = performance.now();
  const sandbox = await startSandbox({ seed, limits, record: false });
  const loadMs = performance.now() - startedAt;
  sandbox.store.setMeta('graph.limits', JSON.stringify(graphLimits));
  process.on('message', () => {
    process.send({ type: 'memory', memory: process.memoryUsage.rss() });
  });
  process.send({
    type: 'ready',
    url: sandbox.url,
    loadMs,
    memory: process.memoryUsage.rss(),
    subjects: findSubjects(sandbox.store),
  });
});

// A sandbox with AWS's own limits in a process of its own, for benchmarks that fork it: counts the calls to
// sso-admin by operation. Takes its seed and the delay of operations as the first message, and answers every later one with the
// counts and with when AWS worked on which creation. Ends with its parent.
require('@backstage/cli/config/nodeTransform.cjs');
const http = require('node:http');

const calls = {};
const createServer = http.createServer;
http.createServer = app =>
  createServer((request, response) => {
    const target = request.headers['x-amz-target'];
    if (target?.startsWith('SWBExternalService.')) {
      const operation = target.split('.')[1];
      calls[operation] = (calls[operation] ?? 0) + 1;
    }
    app(request, response);
  });
const {
  startSandbox,
} = require('../../plugins/aws-access-sandbox/src/server/startSandbox');

process.once('disconnect', () => process.exit());
process.once('message', async ({ seed, operationDelayMs }) => {
  const sandbox = await startSandbox({ seed, operationDelayMs, record: false });
  process.on('message', () =>
    process.send({
      type: 'seen',
      calls,
      creations: sandbox.store.all(
        `SELECT created_at AS begunAt, completes_at AS endsAt FROM aws_operations WHERE kind = 'create' ORDER BY seq`,
      ),
    }),
  );
  const list = sql => sandbox.store.all(sql).map(row => Object.values(row)[0]);
  process.send({
    type: 'ready',
    url: sandbox.url,
    // Not where only the management account may write.
    accounts: list(
      `SELECT id FROM aws_accounts WHERE state = 'ACTIVE' AND id NOT LIKE '1000%' ORDER BY id`,
    ),
    // Those that need nothing in the account.
    permissionSets: list(
      `SELECT arn FROM aws_permission_sets AS ps WHERE NOT EXISTS
         (SELECT 1 FROM aws_customer_managed_policy_references AS c WHERE c.permission_set_arn = ps.arn) ORDER BY arn`,
    ),
  });
});

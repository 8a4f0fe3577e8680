// A sandbox in a process of its own that counts what it is asked, for the benchmark that forks it: takes its size and
// its quotas as the first message, and answers every later one with the counts. Ends with its parent.
require('@backstage/cli/config/nodeTransform.cjs');
const http = require('node:http');

const counts = { ssoAdmin: 0, identityStore: 0, organizations: 0, graph: 0 };
const SERVICES = {
  SWBExternalService: 'ssoAdmin',
  AWSIdentityStore: 'identityStore',
  AWSOrganizationsV20161128: 'organizations',
};
const createServer = http.createServer;
http.createServer = app =>
  createServer((request, response) => {
    const target = request.headers['x-amz-target'];
    counts[target ? SERVICES[target.split('.')[0]] : 'graph'] += 1;
    app(request, response);
  });
const {
  startSandbox,
} = require('../../plugins/aws-access-sandbox/src/server/startSandbox');

const OPEN = 1_000_000_000;
const PAGE = 100;
/** Pages of a list; an empty one is asked for as well. */
const pages = count => Math.max(1, Math.ceil(count / PAGE));

/** What no plan can do without, from what there is. `share` of the pairs is read in turns. */
function lowerBound(store, share) {
  const rows = sql => store.all(sql);
  const count = sql => Object.values(store.get(sql))[0];
  const sum = numbers => numbers.reduce((total, number) => total + number, 0);
  const sets = count('SELECT count(*) FROM aws_permission_sets');
  const accounts = count('SELECT count(*) FROM aws_accounts');
  const provisioned = rows(
    'SELECT count(*) AS n FROM aws_provisioned_permission_sets GROUP BY permission_set_arn',
  );
  const pairs = count('SELECT count(*) FROM aws_provisioned_permission_sets');
  const explained = count(
    `SELECT count(*) FROM (SELECT DISTINCT account_id, permission_set_arn FROM aws_account_assignments WHERE principal_type = 'GROUP')`,
  );
  const groups = rows(
    `SELECT (SELECT count(*) FROM aws_account_assignments AS a WHERE a.principal_id = g.group_id) AS n,
       (SELECT count(*) FROM identity_store_memberships AS m WHERE m.group_id = g.group_id) AS members,
       g.external_id AS external
     FROM identity_store_groups AS g`,
  );
  const users = count('SELECT count(*) FROM identity_store_users');
  const perGroup =
    sum(groups.map(({ n }) => pages(n))) +
    (pairs - explained) +
    explained * share;
  return {
    sets,
    accounts,
    pairs,
    groups: groups.length,
    ssoAdmin:
      pages(sets) +
      sum(provisioned.map(({ n }) => pages(n))) +
      (sets - provisioned.length) +
      // What it is: six calls; where its latest version is not: one.
      7 * sets +
      Math.min(pairs, perGroup),
    // A page has 20 accounts; tags cost a call for each, a name for each unit; and who manages it, and for whom.
    organizations:
      Math.ceil(accounts / 20) +
      accounts +
      count('SELECT count(*) FROM aws_organizational_units') +
      2,
    identityStore:
      pages(users) +
      pages(groups.length) +
      sum(groups.map(({ members }) => pages(members))),
    accountByAccount: pages(sets) + accounts * sets,
    // Three reads of each group that SCIM carries, twenty in a call; people and the application in pages of 999; and
    // which tenant and application it is.
    graph:
      Math.ceil((3 * groups.filter(({ external }) => external).length) / 20) +
      Math.ceil(count('SELECT count(*) FROM entra_users') / 999) +
      Math.ceil(
        count('SELECT count(*) FROM entra_app_role_assignments') / 999,
      ) +
      1,
  };
}

process.once('disconnect', () => process.exit());
process.once('message', async ({ seed, ratePerSecond, share }) => {
  const sandbox = await startSandbox({
    seed,
    record: false,
    limits: {
      ssoAdminRequestsPerSecond: ratePerSecond,
      identityStoreRequestsPerSecond: ratePerSecond,
      organizationsRequestsPerSecond: ratePerSecond,
    },
  });
  // Graph is measured by its own units, which are not what this is about.
  sandbox.store.setMeta(
    'graph.limits',
    JSON.stringify({ resourceUnitsPer10Seconds: OPEN }),
  );
  process.on('message', () => process.send({ type: 'counts', counts }));
  process.send({
    type: 'ready',
    url: sandbox.url,
    bound: lowerBound(sandbox.store, share),
  });
});

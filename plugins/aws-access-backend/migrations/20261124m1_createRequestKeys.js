// Why: with a hundred thousand requests, what waits for somebody and what they
// may read must be found through an index, newest first, not by reading every
// request. The keys only find: the rules are asked for each request found.

const KEYS = 'aws_access_request_keys';
const AT_ONCE = 500;

const sourceKey = (source, stage, teamRef) => {
  if (source === 'accountOwner') {
    return stage.accountIds.map(id => `decides:account:${id}`);
  }
  if (source === 'teamOwner') return [`decides:lead:${teamRef}`];
  return /^(user|group):/.test(source) ? [`decides:${source}`] : [];
};

/** As `keysOfStages` made them when this migration was written. */
function decidingKeys(policy, teamRef) {
  return JSON.parse(policy).stages.flatMap(stage =>
    [...stage.approvers, ...(stage.alternates?.approvers ?? [])].flatMap(
      source => sourceKey(source, stage, teamRef),
    ),
  );
}

async function insertKeys(knex, requests) {
  const byId = new Map(requests.map(request => [request.id, request]));
  const keys = new Map(
    requests.map(({ id, requester_ref, team_ref }) => [
      id,
      new Set([`concerns:${requester_ref}`, `reads:${team_ref}`]),
    ]),
  );
  const ids = [...byId.keys()];
  for (const [table, column, prefix] of [
    ['people', 'entity_ref', 'concerns:'],
    ['accounts', 'account_id', 'reads:account:'],
    ['asked', 'entity_ref', 'decides:'],
  ]) {
    const rows = await knex(`aws_access_request_${table}`)
      .whereIn('request_id', ids)
      .whereNotNull(column)
      .select('request_id', 'plan_version', { value: column });
    for (const { request_id: id, plan_version: version, value } of rows) {
      if (version === byId.get(id).plan_version) {
        keys.get(id).add(`${prefix}${value}`);
      }
    }
  }
  for (const { request_id: id, entity_ref: ref } of await knex(
    'aws_access_decisions',
  ).whereIn('request_id', ids)) {
    keys.get(id).add(`reads:${ref}`);
  }
  for (const { request_id: id, version, policy } of await knex(
    'aws_access_request_plans',
  ).whereIn('request_id', ids)) {
    const request = byId.get(id);
    if (version !== request.plan_version) continue;
    decidingKeys(policy, request.team_ref).forEach(key =>
      keys.get(id).add(key),
    );
  }
  await knex.batchInsert(
    KEYS,
    [...keys].flatMap(([id, values]) =>
      [...values].map(search_key => ({
        search_key,
        request_id: id,
        number: byId.get(id).number,
        state: byId.get(id).state,
      })),
    ),
    100,
  );
}

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable(KEYS, table => {
    table.comment(
      'Under what a request is found: whom it concerns, who may read it, who may decide on it',
    );
    table.string('search_key').notNullable();
    table.integer('number').notNullable().comment('Of the request; its order');
    table
      .string('state')
      .notNullable()
      .comment('Of the request, as in its row');
    table
      .string('request_id')
      .notNullable()
      .references('id')
      .inTable('aws_access_requests')
      .onDelete('CASCADE');
    table.primary(['search_key', 'number']);
    table.index(
      ['search_key', 'state', 'number'],
      'aws_access_request_keys_state_idx',
    );
    table.index(
      ['request_id', 'search_key'],
      'aws_access_request_keys_request_idx',
    );
  });
  await knex.schema.alterTable('aws_access_requests', table => {
    table.index(
      ['team_ref', 'state', 'number'],
      'aws_access_requests_team_state_idx',
    );
  });
  let after = 0;
  for (;;) {
    const requests = await knex('aws_access_requests')
      .where('number', '>', after)
      .orderBy('number')
      .limit(AT_ONCE)
      .select(
        'id',
        'number',
        'state',
        'plan_version',
        'requester_ref',
        'team_ref',
      );
    if (requests.length === 0) break;
    await insertKeys(knex, requests);
    after = requests[requests.length - 1].number;
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('aws_access_requests', table => {
    table.dropIndex(
      ['team_ref', 'state', 'number'],
      'aws_access_requests_team_state_idx',
    );
  });
  await knex.schema.dropTable(KEYS);
};

// Why: people look for requests by what they are about (a number, an account, a
// permission set, a group, a team), and with a hundred thousand requests that
// must be found through an index. Words are keys like the others; the new table
// has each word once, so that a beginning of it can be typed.

const KEYS = 'aws_access_request_keys';
const WORDS = 'aws_access_request_words';
const AT_ONCE = 500;

/** As `wordsOf` made them when this migration was written. */
function wordsOf(text) {
  const plain = text.normalize('NFKC');
  return [plain, plain.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, '-')].flatMap(name =>
    name.split(/\s+/).flatMap(piece => {
      const parts = piece
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u)
        .filter(part => part !== '');
      return parts.map((_, index) => parts.slice(index).join('-').slice(0, 64));
    }),
  );
}

/** As `requestWords` made them when this migration was written. */
function requestWords({ number, team_ref: teamRef }, plan) {
  const names = plan.objects.flatMap(({ kind, before, after }) => {
    const property = { accessGroup: 'displayName', permissionSet: 'name' }[
      kind
    ];
    return [before, after].flatMap(document => document?.[property] ?? []);
  });
  return new Set([
    String(number),
    ...plan.accounts.map(({ id }) => id),
    ...[
      teamRef.split('/').pop(),
      ...plan.accounts.map(({ name }) => name),
      ...plan.permissionSets.map(({ name }) => name),
      ...names,
    ].flatMap(wordsOf),
  ]);
}

async function insertWords(knex, requests) {
  const byId = new Map(requests.map(request => [request.id, request]));
  const plans = await knex('aws_access_request_plans')
    .whereIn('request_id', [...byId.keys()])
    .select('request_id', 'version', 'plan');
  const words = new Set();
  const keys = [];
  for (const { request_id: id, version, plan } of plans) {
    const request = byId.get(id);
    if (version !== request.plan_version) continue;
    const ofRequest = requestWords(request, JSON.parse(plan));
    for (const word of ofRequest) {
      if (word.length >= 2 && !/^\d+$/.test(word)) words.add(word);
    }
    for (const key of ['request', ...[...ofRequest].map(w => `word:${w}`)]) {
      keys.push({
        search_key: key,
        request_id: id,
        number: request.number,
        state: request.state,
      });
    }
  }
  await knex.batchInsert(KEYS, keys, 100);
  const rows = [...words].map(word => ({ word }));
  for (let start = 0; start < rows.length; start += 100) {
    await knex(WORDS)
      .insert(rows.slice(start, start + 100))
      .onConflict('word')
      .ignore();
  }
}

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable(WORDS, table => {
    table.comment('Every word under which a request is found, once');
    if (knex.client.config.client === 'pg') {
      // In the order of bytes, so that words of one beginning are neighbours.
      table.specificType('word', 'varchar(255) collate "C"').primary();
    } else {
      table.string('word').primary();
    }
  });
  let after = 0;
  for (;;) {
    const requests = await knex('aws_access_requests')
      .where('number', '>', after)
      .orderBy('number')
      .limit(AT_ONCE)
      .select('id', 'number', 'state', 'plan_version', 'team_ref');
    if (requests.length === 0) break;
    await insertWords(knex, requests);
    after = requests[requests.length - 1].number;
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex(KEYS)
    .where('search_key', 'like', 'word:%')
    .orWhere('search_key', 'request')
    .delete();
  await knex.schema.dropTable(WORDS);
};

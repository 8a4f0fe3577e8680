import { Knex } from 'knex';

const REQUESTS = 'aws_access_requests';
const KEYS = 'aws_access_request_keys';

/** SQLite takes 500 queries in one UNION. */
const MOST_KEYS = 200;

/** What the keys of a request repeat of it. */
export async function readRequest(knex: Knex, requestId: string) {
  const row = await knex(REQUESTS)
    .where('id', requestId)
    .first('number', 'state', 'team_ref');
  return {
    number: row.number as number,
    state: row.state as string,
    teamRef: row.team_ref as string,
  };
}

/** Lets the request be found under the keys; those it has already stay. */
export async function insertKeys(
  knex: Knex,
  requestId: string,
  keys: string[],
): Promise<void> {
  if (keys.length === 0) return;
  const { number, state } = await readRequest(knex, requestId);
  const rows = [...new Set(keys)].map(search_key => ({
    search_key,
    number,
    state,
    request_id: requestId,
  }));
  for (let start = 0; start < rows.length; start += 100) {
    await knex(KEYS)
      .insert(rows.slice(start, start + 100))
      .onConflict(['search_key', 'number'])
      .ignore();
  }
}

/** The keys repeat the state, so that what waits is found at once. */
export async function setStateOfKeys(
  knex: Knex,
  requestId: string,
  state: string,
): Promise<void> {
  await knex(KEYS).where('request_id', requestId).update({ state });
}

/** Which keys, in which states, below which number. */
interface KeyQuery {
  keys: string[];
  states?: string[];
  beforeNumber?: number;
  limit: number;
}

/**
 * One query per key (and state), each of which reads no more than `limit` rows
 * of an index in order: what a popular key finds costs as much as what a rare
 * one does.
 */
function newestOfKeys(knex: Knex, query: KeyQuery): Knex.QueryBuilder {
  const { states, beforeNumber, limit } = query;
  const branches = query.keys.flatMap(key =>
    (states ?? [undefined]).map(state => {
      const newest = knex(KEYS)
        .select('number')
        .where('search_key', key)
        .orderBy('number', 'desc')
        .limit(limit);
      if (state !== undefined) newest.where('state', state);
      if (beforeNumber !== undefined) newest.where('number', '<', beforeNumber);
      return knex.select('number').from(newest.as('newest'));
    }),
  );
  return knex
    .distinct('number')
    .from(knex.queryBuilder().unionAll(branches).as('found'))
    .orderBy('number', 'desc')
    .limit(limit);
}

/** Numbers of the newest requests under any of the keys, in their order. */
export async function findNumbers(
  knex: Knex,
  query: KeyQuery,
): Promise<number[]> {
  const branches = query.states?.length ?? 1;
  const atOnce = Math.max(1, Math.floor(MOST_KEYS / Math.max(1, branches)));
  const keys = [...new Set(query.keys)];
  const found = new Set<number>();
  for (let start = 0; start < keys.length; start += atOnce) {
    const rows: Array<{ number: number }> = await newestOfKeys(knex, {
      ...query,
      keys: keys.slice(start, start + atOnce),
    });
    rows.forEach(row => found.add(row.number));
  }
  return [...found].sort((one, other) => other - one).slice(0, query.limit);
}

import { RequestState } from 'backstage-plugin-aws-access-common';
import { Knex } from 'knex';
import { RequestColumns } from '../requests/stores/requestColumns';
import { requestKey } from '../requests/stores/requestKeys';
import { RequestFilter } from '../requests/stores/RequestStore';
import { findNumbers } from './requestKeyRows';
import { findWords, SearchedWord, whereFoundBy } from './requestWordRows';
import { whereMatches } from './whereMatches';

/** The rounds of a search that finds little grow up to this. */
const MOST_AT_ONCE = 4_000;

/** Requests that pass the filter, newest first. */
export async function selectRequests(
  knex: Knex,
  asked: RequestFilter,
): Promise<RequestColumns[]> {
  const searched = await findWords(knex, asked.words ?? []);
  // What no request has as a word can only be a state.
  const ofStates = searched.filter(word => word.keys?.length === 0);
  const words = searched.filter(word => !ofStates.includes(word));
  const filter = ofStates.reduce(inStatesOf, asked);
  const { keys, states, limit, teamRef } = filter;
  if (states?.length === 0 || keys?.length === 0) return [];
  const hasWords: Narrow = query =>
    words.forEach(word => whereFoundBy(knex, query, word));
  // A team has an order of its own; keys only narrow it.
  if (teamRef) {
    return readRows(knex, filter, query => {
      if (keys) hasKey(knex, keys)(query);
      hasWords(query);
    });
  }
  const finder = keys ? { keys, states: [] } : narrowest(words, ofStates);
  if (!finder) return readRows(knex, filter);

  const found: RequestColumns[] = [];
  let { beforeNumber } = filter;
  for (let size = limit; ; size = Math.min(size * 4, MOST_AT_ONCE)) {
    const numbers = await numbersOf(knex, finder, {
      ...filter,
      beforeNumber,
      limit: size,
    });
    if (numbers.length > 0) {
      found.push(
        ...(await readRows(
          knex,
          { ...filter, limit: limit - found.length },
          query => {
            query.whereIn('request.number', numbers);
            hasWords(query);
          },
        )),
      );
    }
    if (numbers.length < size || found.length >= limit) return found;
    beforeNumber = numbers[numbers.length - 1];
  }
}

function inStatesOf(filter: RequestFilter, word: SearchedWord): RequestFilter {
  return {
    ...filter,
    states: word.states.filter(
      state => !filter.states || filter.states.includes(state),
    ),
  };
}

/** Under which keys, and in which states besides, requests are looked for. */
interface RequestFinder {
  keys: string[];
  states: RequestState[];
}

/**
 * Of words that all must be there, one that leads to the others: the one that
 * stands for the fewest keys, whatever the number of requests under these, which
 * nobody counts. With states or words that too many begin with alone, all requests, which are
 * narrowed to them.
 */
function narrowest(
  words: SearchedWord[],
  ofStates: SearchedWord[],
): RequestFinder | undefined {
  const [first] = words
    .flatMap(({ keys, states }) => (keys ? [{ keys, states }] : []))
    .sort((one, other) => breadth(one) - breadth(other));
  if (first) return first;
  return words.length + ofStates.length > 0
    ? { keys: [requestKey.any], states: [] }
    : undefined;
}

function breadth({ keys, states }: RequestFinder): number {
  return states.length * 1_000 + keys.length;
}

/** Newest first: numbers under the keys, and of all requests in the states. */
async function numbersOf(
  knex: Knex,
  finder: RequestFinder,
  { states, beforeNumber, limit }: RequestFilter,
): Promise<number[]> {
  const underKeys = await findNumbers(knex, {
    keys: finder.keys,
    states,
    beforeNumber,
    limit,
  });
  const inStates = finder.states.filter(
    state => !states || states.includes(state),
  );
  if (inStates.length === 0) return underKeys;
  const ofStates = await findNumbers(knex, {
    keys: [requestKey.any],
    states: inStates,
    beforeNumber,
    limit,
  });
  return [...new Set([...underKeys, ...ofStates])]
    .sort((one, other) => other - one)
    .slice(0, limit);
}

type Narrow = (query: Knex.QueryBuilder) => void;

function hasKey(knex: Knex, keys: string[]): Narrow {
  return query =>
    query.whereExists(
      knex('aws_access_request_keys as found')
        .select(knex.raw('1'))
        .whereRaw('found.request_id = request.id')
        .whereIn('found.search_key', keys),
    );
}

async function readRows(
  knex: Knex,
  filter: RequestFilter,
  narrow: Narrow = () => {},
): Promise<RequestColumns[]> {
  const query = knex('aws_access_requests as request')
    .select('request.*')
    .orderBy('request.number', 'desc')
    .limit(filter.limit);
  if (filter.teamRef) query.where('request.team_ref', filter.teamRef);
  if (filter.organizationId) {
    query.where('request.organization_id', filter.organizationId);
  }
  if (filter.states) query.whereIn('request.state', filter.states);
  if (filter.beforeNumber !== undefined) {
    query.where('request.number', '<', filter.beforeNumber);
  }
  if (filter.id) query.where('request.id', filter.id);
  if (filter.matching) whereMatches(knex, query, filter.matching);
  narrow(query);
  return query;
}

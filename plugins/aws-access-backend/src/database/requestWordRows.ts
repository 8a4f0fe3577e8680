import { RequestState } from 'backstage-plugin-aws-access-common';
import { Knex } from 'knex';
import { requestKey } from '../requests/stores/requestKeys';
import { isBeginning, statesOfWord } from '../requests/stores/requestWords';
import { insertKeys } from './requestKeyRows';

const KEYS = 'aws_access_request_keys';
const WORDS = 'aws_access_request_words';

/** How many words a beginning may stand for; with more of it typed, they are fewer. */
const MOST_WORDS = 100;

/** A word that was searched for, as what finds it; without both it finds nothing. */
export interface SearchedWord {
  keys: string[];
  states: RequestState[];
}

/** Lets the request be found under the words, and the words by their beginning. */
export async function insertWords(
  knex: Knex,
  requestId: string,
  words: Iterable<string>,
): Promise<void> {
  const all = [...words];
  await insertKeys(knex, requestId, [
    requestKey.any,
    ...all.map(requestKey.word),
  ]);
  // Nearly always all are there; and two transactions that insert the same words
  // must not wait for each other.
  const wanted = all.filter(isBeginning).sort();
  for (let start = 0; start < wanted.length; start += 100) {
    const some = wanted.slice(start, start + 100);
    const known = new Set(
      await knex(WORDS).whereIn('word', some).pluck('word'),
    );
    const rows = some.filter(word => !known.has(word)).map(word => ({ word }));
    if (rows.length > 0) {
      await knex(WORDS).insert(rows).onConflict('word').ignore();
    }
  }
}

/** Looks up under which keys each of the words is found. */
export async function findWords(
  knex: Knex,
  words: string[],
): Promise<SearchedWord[]> {
  return Promise.all(
    words.map(async word => ({
      keys: (isBeginning(word)
        ? await listBeginningWith(knex, word)
        : [word]
      ).map(requestKey.word),
      states: statesOfWord(word),
    })),
  );
}

/**
 * Narrows requests, named `request`, to those that the word finds.
 *
 * @param among - numbers, the greatest first, of the only ones in question: without
 *   them PostgreSQL reads all requests that have the word
 */
export function whereFoundBy(
  knex: Knex,
  query: Knex.QueryBuilder,
  { keys, states }: SearchedWord,
  among?: number[],
): void {
  query.where(either => {
    const hasWord = knex(`${KEYS} as word`)
      .select(knex.raw('1'))
      .whereRaw('word.number = request.number')
      .whereIn('word.search_key', keys);
    if (among) {
      hasWord.whereBetween('word.number', [among[among.length - 1], among[0]]);
    }
    either.whereExists(hasWord);
    if (states.length > 0) either.orWhereIn('request.state', states);
  });
}

async function listBeginningWith(
  knex: Knex,
  beginning: string,
): Promise<string[]> {
  // A range reads the index on both databases; `like` would not.
  return await knex(WORDS)
    .where('word', '>=', beginning)
    .where('word', '<', `${beginning}\u{10FFFF}`)
    .orderBy('word')
    .limit(MOST_WORDS)
    .pluck('word');
}

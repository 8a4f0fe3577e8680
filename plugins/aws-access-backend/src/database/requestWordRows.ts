import { RequestState } from 'backstage-plugin-aws-access-common';
import { Knex } from 'knex';
import { requestKey } from '../requests/stores/requestKeys';
import { isBeginning, statesOfWord } from '../requests/stores/requestWords';
import { insertKeys } from './requestKeyRows';

const KEYS = 'aws_access_request_keys';
const WORDS = 'aws_access_request_words';

/** With more words of one beginning, looking under each is no shorter way to requests. */
const MOST_WORDS = 100;

/** A word that was searched for, as what finds it. */
export interface SearchedWord {
  word: string;
  /**
   * All keys under which requests have it; undefined = too many to look under each.
   * They only make a search quicker: they come from requests of everybody, so what
   * is found must not depend on their number (security rule 29).
   */
  keys: string[] | undefined;
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
      word,
      keys: (isBeginning(word)
        ? await listBeginningWith(knex, word)
        : [word]
      )?.map(requestKey.word),
      states: statesOfWord(word),
    })),
  );
}

/**
 * Narrows requests, named `request`, to those that have the word or are in one of
 * its states. A request's own words are read, so that others' are no matter.
 */
export function whereFoundBy(
  knex: Knex,
  query: Knex.QueryBuilder,
  { word, states }: Omit<SearchedWord, 'keys'>,
): void {
  const key = requestKey.word(word);
  const hasWord = knex(`${KEYS} as word`)
    .select(knex.raw('1'))
    .whereRaw('word.request_id = request.id')
    .limit(1);
  if (isBeginning(word)) {
    // Compared by characters: the order of text is PostgreSQL's locale's.
    hasWord.whereRaw('substr(word.search_key, 1, ?) = ?', [
      [...key].length,
      key,
    ]);
  } else {
    hasWord.where('word.search_key', key);
  }
  query.where(either => {
    // Not `exists`: PostgreSQL would join, and read all requests that have the word.
    either.whereRaw('(?) is not null', [hasWord]);
    if (states.length > 0) either.orWhereIn('request.state', states);
  });
}

async function listBeginningWith(
  knex: Knex,
  beginning: string,
): Promise<string[] | undefined> {
  // A range reads the index on both databases; `like` would not.
  const words: string[] = await knex(WORDS)
    .where('word', '>=', beginning)
    .where('word', '<', `${beginning}\u{10FFFF}`)
    .orderBy('word')
    .limit(MOST_WORDS + 1)
    .pluck('word');
  return words.length > MOST_WORDS ? undefined : words;
}

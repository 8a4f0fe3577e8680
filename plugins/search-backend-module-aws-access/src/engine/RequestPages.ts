import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  IndexableResultSet,
  SearchQuery,
} from '@backstage/plugin-search-common';
import { RequestSummary } from 'backstage-plugin-aws-access-common';
import { readPageCursor, writePageCursor } from './pageCursor';
import { ReaderSearch } from './ReaderSearch';
import { toRequestResult } from './toRequestResult';

const DEFAULT_SIZE = 25;
/** As many as the backend gives at once. */
const MOST_AT_ONCE = 100;
/** Beyond it search says that it does not know: counting is reading. */
const MOST_COUNTED = 25;
/** Who has gone through so many needs other words. */
const FARTHEST = 1_000;
/** Longer than Backstage search goes on with one search, which is a second. */
const REMEMBERED_MS = 5_000;

/** How far one search has been read, and until when that is worth something. */
interface Reading {
  search: string;
  items: RequestSummary[];
  /** Where the backend goes on; null = nowhere, undefined = at the first. */
  cursor: string | null | undefined;
  until: number;
}

/**
 * Pages of requests alone. The backend leads on from request to request, and
 * search counts pages, so a page is read from the first request on.
 *
 * Where the portal's policy has conditions, Backstage search goes from page to page
 * for each search, always with the same credentials object. So long what was read is
 * kept, and a search costs the backend as many calls as its last page alone.
 */
export class RequestPages {
  readonly #reader: ReaderSearch;
  readonly #readings = new WeakMap<BackstageCredentials, Reading>();

  constructor(options: { reader: ReaderSearch }) {
    this.#reader = options.reader;
  }

  /**
   * @throws InputError when the cursor is none; ResponseError when the backend
   *   does not answer: that nothing was found would not be true
   */
  async read(
    query: SearchQuery,
    credentials: BackstageCredentials | undefined,
  ): Promise<IndexableResultSet> {
    const size = Math.min(query.pageLimit ?? DEFAULT_SIZE, MOST_AT_ONCE);
    if (size === 0) {
      return {
        results: [],
        numberOfResults: await this.count(query, credentials),
      };
    }
    const page = readPageCursor(query.pageCursor);
    const end = (page + 1) * size;
    const { items, cursor } = await this.#readUntil(
      Math.min(end, FARTHEST),
      query,
      credentials,
      page > 0,
    );
    const hasMore = cursor !== null || items.length > end;
    return {
      results: items.slice(page * size, end).map(toRequestResult),
      ...(hasMore &&
        end < FARTHEST && { nextPageCursor: writePageCursor(page + 1) }),
      ...(page > 0 && { previousPageCursor: writePageCursor(page - 1) }),
      ...(!hasMore && { numberOfResults: items.length }),
    };
  }

  /** How many requests the reader finds; undefined = more than is worth counting. */
  async count(
    query: SearchQuery,
    credentials: BackstageCredentials | undefined,
  ): Promise<number | undefined> {
    const { items, nextCursor } = await this.#reader.findRequests(
      query,
      { limit: MOST_COUNTED },
      credentials,
    );
    return nextCursor === null ? items.length : undefined;
  }

  async #readUntil(
    end: number,
    query: SearchQuery,
    credentials: BackstageCredentials | undefined,
    goesOn: boolean,
  ): Promise<Reading> {
    const search = JSON.stringify([query.term, query.filters]);
    const known = credentials && this.#readings.get(credentials);
    const isKnown =
      goesOn && known?.search === search && known.until > Date.now();
    const until = isKnown ? known.until : Date.now() + REMEMBERED_MS;
    const items = isKnown ? [...known.items] : [];
    let cursor = isKnown ? known.cursor : undefined;
    while (items.length < end && cursor !== null) {
      // Most look at the first page only; who goes on may go far.
      const limit = goesOn ? MOST_AT_ONCE : end;
      const page = await this.#reader.findRequests(
        query,
        { limit, ...(cursor && { cursor }) },
        credentials,
      );
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    const reading = { search, items, cursor, until };
    if (credentials) this.#readings.set(credentials, reading);
    return reading;
  }
}

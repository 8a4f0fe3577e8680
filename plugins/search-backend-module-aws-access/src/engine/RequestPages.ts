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

/**
 * Pages of requests alone. The backend leads on from request to request, and
 * search counts pages, so a page is read from the first request on.
 */
export class RequestPages {
  readonly #reader: ReaderSearch;

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
    const { items, hasMore } = await this.#readUntil(
      Math.min(end, FARTHEST),
      query,
      credentials,
    );
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
  ): Promise<{ items: RequestSummary[]; hasMore: boolean }> {
    const items: RequestSummary[] = [];
    let cursor: string | undefined;
    do {
      const limit = Math.min(end - items.length, MOST_AT_ONCE);
      const page = await this.#reader.findRequests(
        query,
        { limit, cursor },
        credentials,
      );
      items.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined && items.length < end);
    return { items, hasMore: cursor !== undefined };
  }
}

import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  IndexableResultSet,
  SearchQuery,
} from '@backstage/plugin-search-common';
import { ReaderSearch } from './ReaderSearch';
import { toRequestResult } from './toRequestResult';

const DEFAULT_PAGE = 25;
/** As many as the backend gives at once. */
const LARGEST_PAGE = 100;
/** So many pages one can go back. */
const LONGEST_TRAIL = 20;
const NUMBER = /^\d{1,10}$/;

/**
 * Pages of requests alone. The backend's cursor leads on only, so ours is the
 * trail of those that led here.
 */
export class RequestPages {
  readonly #reader: ReaderSearch;

  constructor(options: { reader: ReaderSearch }) {
    this.#reader = options.reader;
  }

  /**
   * @throws InputError when the cursor is none of ours; ResponseError when the
   *   backend does not answer: that nothing was found would not be true
   */
  async read(
    query: SearchQuery,
    credentials: BackstageCredentials | undefined,
  ): Promise<IndexableResultSet> {
    const trail = readTrail(query.pageCursor);
    const { items, nextCursor } = await this.#reader.findRequests(
      query,
      {
        limit: Math.min(query.pageLimit ?? DEFAULT_PAGE, LARGEST_PAGE),
        ...(trail.length > 0 && { cursor: trail[trail.length - 1] }),
      },
      credentials,
    );
    const isOnlyPage = trail.length === 0 && nextCursor === null;
    return {
      results: items.map(toRequestResult),
      ...(nextCursor !== null && {
        nextPageCursor: writeTrail([...trail, nextCursor]),
      }),
      ...(trail.length > 0 && {
        previousPageCursor: writeTrail(trail.slice(0, -1)),
      }),
      ...(isOnlyPage && { numberOfResults: items.length }),
    };
  }
}

function writeTrail(trail: string[]): string {
  return Buffer.from(JSON.stringify(trail.slice(-LONGEST_TRAIL))).toString(
    'base64url',
  );
}

function readTrail(cursor: string | undefined): string[] {
  if (!cursor) return [];
  try {
    const trail = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (
      Array.isArray(trail) &&
      trail.every(one => typeof one === 'string' && NUMBER.test(one))
    ) {
      return trail;
    }
  } catch {
    // reported below
  }
  throw new InputError('Invalid page cursor');
}

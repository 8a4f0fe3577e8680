import {
  QueryRequestOptions,
  SearchEngine,
} from '@backstage/plugin-search-backend-node';
import {
  IndexableResult,
  IndexableResultSet,
  SearchQuery,
} from '@backstage/plugin-search-common';
import { readPageCursor, writePageCursor } from './pageCursor';

const DEFAULT_SIZE = 25;
/** As many as Backstage search lets one ask for. */
const AT_ONCE = 100;
/** Beyond it search says that it does not know: counting is reading. */
const MOST_COUNTED = 100;
/** What is not found among the first thousand needs other words. */
const MOST_READS = 10;

/**
 * A page of those results of an engine that the reader may see, where the engine
 * cannot be told to leave out the others. Results, ranks, cursors and the count
 * are made from what is shown alone: a page that is short, or begins later, would
 * tell that something was left out (security rule 29).
 *
 * @throws InputError when the cursor is none, else as the engine
 */
export async function readShownPage(
  engine: SearchEngine,
  query: SearchQuery,
  options: QueryRequestOptions | undefined,
  isShown: (result: IndexableResult) => boolean,
): Promise<IndexableResultSet> {
  const size = Math.min(query.pageLimit ?? DEFAULT_SIZE, AT_ONCE);
  const page = readPageCursor(query.pageCursor);
  const end = (page + 1) * size;
  const most = Math.max(end, MOST_COUNTED);
  const shown: IndexableResult[] = [];
  let cursor: string | undefined;
  let reads = 0;
  do {
    const found = await engine.query(
      { ...query, pageLimit: AT_ONCE, pageCursor: cursor },
      options,
    );
    shown.push(...found.results.filter(isShown));
    cursor = found.nextPageCursor;
    reads++;
  } while (cursor && shown.length <= most && reads < MOST_READS);

  const isCounted = !cursor && shown.length <= most;
  return {
    results: shown
      .slice(page * size, end)
      .map((one, index) => ({ ...one, rank: page * size + index + 1 })),
    ...(size > 0 &&
      shown.length > end && { nextPageCursor: writePageCursor(page + 1) }),
    ...(page > 0 && { previousPageCursor: writePageCursor(page - 1) }),
    ...(isCounted && { numberOfResults: shown.length }),
  };
}

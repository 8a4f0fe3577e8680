import {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import {
  QueryRequestOptions,
  QueryTranslator,
  SearchEngine,
} from '@backstage/plugin-search-backend-node';
import {
  IndexableResult,
  IndexableResultSet,
  SearchQuery,
} from '@backstage/plugin-search-common';
import { AWS_ACCESS_SEARCH_TYPES } from 'backstage-plugin-aws-access-common';
import { Writable } from 'node:stream';
import { writePageCursor } from './pageCursor';
import { ReaderSearch } from './ReaderSearch';
import { readShownPage } from './readShownPage';
import { RefusingIndexer } from './RefusingIndexer';
import { RequestPages } from './RequestPages';
import { toRequestResult } from './toRequestResult';

const { account, permissionSet, request } = AWS_ACCESS_SEARCH_TYPES;
const INVENTORY_TYPES: readonly string[] = [account, permissionSet];

/** Among other results the newest few are enough: there is a type to look on. */
const MOST_AMONG_OTHERS = 5;

type Credentials = BackstageCredentials | undefined;

/** Requests among other results; the count of all is not always known. */
interface FewRequests {
  results: IndexableResult[];
  count: number | undefined;
}
const NO_REQUESTS: FewRequests = { results: [], count: 0 };

/**
 * Answers for requests by asking the backend as the reader, and for everything
 * else by asking another engine. The search plugin filters results by the
 * portal's permission policy only, and not at all where permissions are off: so
 * what not everybody may read is never in the index.
 */
export class AwsAccessSearchEngine implements SearchEngine {
  readonly #engine: SearchEngine;
  readonly #reader: ReaderSearch;
  readonly #pages: RequestPages;
  readonly #logger: LoggerService;

  constructor(options: {
    engine: SearchEngine;
    reader: ReaderSearch;
    logger: LoggerService;
  }) {
    this.#engine = options.engine;
    this.#reader = options.reader;
    this.#pages = new RequestPages({ reader: options.reader });
    this.#logger = options.logger;
  }

  setTranslator(translator: QueryTranslator): void {
    this.#engine.setTranslator(translator);
  }

  async getIndexer(type: string): Promise<Writable> {
    return type === request
      ? new RefusingIndexer()
      : this.#engine.getIndexer(type);
  }

  /** @throws as the other engine; for requests alone, when the backend fails */
  async query(
    query: SearchQuery,
    options?: QueryRequestOptions,
  ): Promise<IndexableResultSet> {
    const credentials = credentialsOf(options);
    const { types } = query;
    if (types?.includes(request) && types.every(type => type === request)) {
      return this.#pages.read(query, credentials);
    }
    const asksForRequests = !types || types.includes(request);
    const [found, requests] = await Promise.all([
      this.#queryOthers(query, options),
      // The pages after the first are the other engine's.
      asksForRequests && isFirstPage(query)
        ? this.#fewRequests(query, credentials)
        : NO_REQUESTS,
    ]);
    if (requests.count === 0) return found;
    return {
      ...found,
      results: [...requests.results, ...found.results],
      numberOfResults:
        requests.count === undefined || found.numberOfResults === undefined
          ? undefined
          : found.numberOfResults + requests.count,
    };
  }

  async #queryOthers(
    query: SearchQuery,
    options: QueryRequestOptions | undefined,
  ): Promise<IndexableResultSet> {
    const { types } = query;
    const mayAsk =
      (types && !types.some(type => INVENTORY_TYPES.includes(type))) ||
      (await this.#seesInventory(credentialsOf(options)));
    const isShown = (type: string) =>
      type !== request && (mayAsk || !INVENTORY_TYPES.includes(type));
    if (types) {
      const shown = types.filter(isShown);
      // None would mean all to some engines.
      return shown.length > 0
        ? this.#engine.query({ ...query, types: shown }, options)
        : { results: [] };
    }
    // Which types there are, the engine alone knows: of requests it may still hold
    // some that were indexed before, or by another portal.
    return readShownPage(this.#engine, query, options, ({ type }) =>
      isShown(type),
    );
  }

  async #seesInventory(credentials: Credentials): Promise<boolean> {
    try {
      return await this.#reader.seesInventory(credentials);
    } catch (error) {
      this.#warn(
        'Accounts and permission sets are left out of a search',
        error,
      );
      return false;
    }
  }

  async #fewRequests(
    query: SearchQuery,
    credentials: Credentials,
  ): Promise<FewRequests> {
    const limit = Math.min(
      query.pageLimit ?? MOST_AMONG_OTHERS,
      MOST_AMONG_OTHERS,
    );
    try {
      // So the search page asks for counts alone.
      if (limit === 0) {
        const count = await this.#pages.count(query, credentials);
        return { results: [], count };
      }
      const { items, nextCursor } = await this.#reader.findRequests(
        query,
        { limit },
        credentials,
      );
      return {
        results: items.map(toRequestResult),
        count: nextCursor === null ? items.length : undefined,
      };
    } catch (error) {
      this.#warn('Access requests are left out of a search', error);
      return NO_REQUESTS;
    }
  }

  #warn(what: string, error: unknown): void {
    this.#logger.warn(
      `${what}: the AWS access backend did not answer: ${stringifyError(
        error,
      )}`,
    );
  }
}

function credentialsOf(options: QueryRequestOptions | undefined): Credentials {
  return options && 'credentials' in options ? options.credentials : undefined;
}

/** The search page names the first page, too, when one has gone back to it. */
function isFirstPage({ pageCursor }: SearchQuery): boolean {
  return !pageCursor || pageCursor === writePageCursor(0);
}

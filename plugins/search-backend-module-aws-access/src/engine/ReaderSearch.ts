import {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { isError, ResponseError } from '@backstage/errors';
import { SearchQuery } from '@backstage/plugin-search-common';
import {
  AwsAccessApi,
  RequestsResponse,
  requestsQuerySchema,
} from 'backstage-plugin-aws-access-common';
import { AwsAccessService } from 'backstage-plugin-aws-access-node';

/**
 * The search page asks several times while somebody types. Who may see names of
 * accounts changes seldom, and it is names only.
 */
const REMEMBERED_MS = 30_000;
const MOST_REMEMBERED = 1_000;

const NONE: RequestsResponse = { items: [], nextCursor: null };

/**
 * Asks the AWS access backend as whoever searches, so that its own rules say
 * what they find. Nobody who is not a person finds anything.
 */
export class ReaderSearch {
  readonly #awsAccess: AwsAccessService;
  /** Who was found to see the inventory or not, by user, and until when. */
  readonly #known = new Map<string, { sees: boolean; until: number }>();

  constructor(options: { awsAccess: AwsAccessService }) {
    this.#awsAccess = options.awsAccess;
  }

  /** Whether the reader may see accounts and permission sets by name. */
  async seesInventory(
    credentials: BackstageCredentials | undefined,
  ): Promise<boolean> {
    const api = await this.#apiOf(credentials);
    if (!api) return false;
    const user = userOf(credentials);
    const known = this.#known.get(user);
    if (known && known.until > Date.now()) return known.sees;
    const sees = await mayListAccounts(api);
    if (this.#known.size >= MOST_REMEMBERED) this.#known.clear();
    this.#known.set(user, { sees, until: Date.now() + REMEMBERED_MS });
    return sees;
  }

  /** A page of the requests that the reader may read and that have the words. */
  async findRequests(
    { term, filters }: Pick<SearchQuery, 'term' | 'filters'>,
    page: { cursor?: string | undefined; limit: number },
    credentials: BackstageCredentials | undefined,
  ): Promise<RequestsResponse> {
    const query = requestsQuerySchema.safeParse({
      ...readFilters(filters),
      ...page,
      // The backend refuses control characters; they find nothing anyway.
      search: term.replace(/\p{Cc}/gu, ' ').slice(0, 200),
    });
    // Of a filter that requests do not have, they have no value.
    if (!query.success || hasOtherFilters(filters)) return NONE;
    const api = await this.#apiOf(credentials);
    return api ? api.listRequests(query.data) : NONE;
  }

  async #apiOf(
    credentials: BackstageCredentials | undefined,
  ): Promise<AwsAccessApi | undefined> {
    if (!credentials) return undefined;
    try {
      return await this.#awsAccess.forInitiator(credentials);
    } catch (error) {
      // A service, or nobody who is signed in.
      if (isError(error) && error.name === 'NotAllowedError') return undefined;
      throw error;
    }
  }
}

/** Only users get an API of their own. */
function userOf(credentials: BackstageCredentials | undefined): string {
  const { principal } =
    credentials as BackstageCredentials<BackstageUserPrincipal>;
  return principal.userEntityRef;
}

async function mayListAccounts(api: AwsAccessApi): Promise<boolean> {
  try {
    await api.listAccounts({ limit: 1 });
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

function readFilters(filters: SearchQuery['filters']) {
  return filters?.state === undefined ? {} : { state: filters.state };
}

function hasOtherFilters(filters: SearchQuery['filters']): boolean {
  return Object.entries(filters ?? {}).some(
    ([name, value]) => name !== 'state' && value !== undefined,
  );
}

function isRefusal(error: unknown): boolean {
  return error instanceof ResponseError && error.statusCode === 403;
}

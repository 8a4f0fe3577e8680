import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  SearchableAccount,
  searchableAccountsResponseSchema,
  SearchablePermissionSet,
  searchablePermissionSetsResponseSchema,
} from 'backstage-plugin-aws-access-common';

/** A page and how to go on. */
interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** Reads, as the search plugin, what of the inventory may be indexed. */
export class SearchableClient {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  /** @throws ResponseError when a page cannot be read */
  accounts(): AsyncGenerator<SearchableAccount> {
    return this.#all('/searchable/accounts', body =>
      searchableAccountsResponseSchema.parse(body),
    );
  }

  /** @throws ResponseError when a page cannot be read */
  permissionSets(): AsyncGenerator<SearchablePermissionSet> {
    return this.#all('/searchable/permission-sets', body =>
      searchablePermissionSetsResponseSchema.parse(body),
    );
  }

  async *#all<Item>(
    path: string,
    parse: (body: unknown) => Page<Item>,
  ): AsyncGenerator<Item> {
    let cursor: string | null = null;
    do {
      const page: Page<Item> = parse(await this.#read(path, cursor));
      yield* page.items;
      cursor = page.nextCursor;
    } while (cursor !== null);
  }

  async #read(path: string, cursor: string | null): Promise<unknown> {
    const targetPluginId = 'aws-access';
    const baseUrl = await this.#discovery.getBaseUrl(targetPluginId);
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId,
    });
    const query = new URLSearchParams(cursor === null ? {} : { cursor });
    const response = await fetch(`${baseUrl}${path}?${query}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response.json();
  }
}

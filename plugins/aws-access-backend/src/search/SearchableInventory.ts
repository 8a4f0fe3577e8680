import { ServiceUnavailableError } from '@backstage/errors';
import {
  SearchableQuery,
  Freshness,
  SearchableAccountsResponse,
  SearchablePermissionSetsResponse,
} from 'backstage-plugin-aws-access-common';
import { effectiveAccess } from '../iam/effectiveAccess';
import { InventoryService } from '../inventory/InventoryService';

/**
 * What may stand in a search index: whoever reads an index is not asked who
 * they are. So it is what everybody may see of accounts and permission sets, and
 * nothing of who has what.
 */
export class SearchableInventory {
  readonly #inventory: Pick<
    InventoryService,
    'listAccounts' | 'listPermissionSets'
  >;

  constructor(options: {
    inventory: Pick<InventoryService, 'listAccounts' | 'listPermissionSets'>;
  }) {
    this.#inventory = options.inventory;
  }

  /** @throws ServiceUnavailableError while some have not been read yet */
  async listAccounts(
    page: SearchableQuery,
  ): Promise<SearchableAccountsResponse> {
    const { items, nextCursor, freshness } = await this.#inventory.listAccounts(
      page,
    );
    requireWhole(items, freshness);
    return {
      items: items.map(({ organizationId, id, name, environment, ouPath }) => ({
        organizationId,
        id,
        name,
        environment,
        ouPath,
      })),
      nextCursor,
    };
  }

  /** @throws ServiceUnavailableError while some have not been read yet */
  async listPermissionSets(
    page: SearchableQuery,
  ): Promise<SearchablePermissionSetsResponse> {
    const { items, nextCursor, freshness } =
      await this.#inventory.listPermissionSets(page);
    requireWhole(items, freshness);
    return {
      items: items.map(set => ({
        organizationId: set.organizationId,
        name: set.name,
        description: set.description,
        accessLevel: set.accessLevel,
        access: effectiveAccess(set).words,
      })),
      nextCursor,
    };
  }
}

/**
 * An indexer takes what is missing for gone. A part that could not be read anew
 * is as it was; one that was never read, or is empty, is not to be believed.
 */
function requireWhole(items: unknown[], { parts }: Freshness): void {
  if (items.length === 0 || parts.some(({ asOf }) => asOf === null)) {
    throw new ServiceUnavailableError(
      'The inventory has not been read yet, so there is nothing to index',
    );
  }
}

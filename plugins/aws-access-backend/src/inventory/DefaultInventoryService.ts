import {
  Account,
  AccountsResponse,
  INVENTORY_PARTS,
  InventoryPart,
  InventoryQuery,
  InventoryStatus,
  OrganizationalUnitsResponse,
  PermissionSet,
  PermissionSetsResponse,
} from 'backstage-plugin-aws-access-common';
import { OrganizationConfig } from '../config/AwsAccessConfig';
import { OrganizationStore } from '../organizations/OrganizationStore';
import { selectOrganizations } from '../organizations/selectOrganizations';
import { accessLevelOf } from '../iam/accessLevelOf';
import { AccountFactsReader } from '../facts/AccountFactsReader';
import {
  isProtectedPermissionSet,
  protectedAccountReason,
} from '../planning/problems/protectedReason';
import { Inventory } from './Inventory';
import { InventoryRefresher } from './InventoryRefresher';
import { InventoryService } from './InventoryService';
import { InventoryAccount, InventoryPermissionSet } from './InventoryStore';
import { pageAcrossOrganizations } from './pageAcrossOrganizations';
import { readFreshness } from './readFreshness';
import { toOrganizationalUnits } from './toOrganizationalUnits';

const DEFAULT_LIMIT = 50;

/** Answers from the stored inventory; no call to a cloud. */
export class DefaultInventoryService implements InventoryService {
  readonly #organizations: Record<string, OrganizationConfig>;
  readonly #inventory: Inventory;
  readonly #organizationStore: OrganizationStore;
  readonly #accountFacts: AccountFactsReader;
  readonly #refresher: InventoryRefresher;
  readonly #now: () => Promise<string>;

  constructor(options: {
    organizations: Record<string, OrganizationConfig>;
    inventory: Inventory;
    organizationStore: OrganizationStore;
    accountFacts: AccountFactsReader;
    refresher: InventoryRefresher;
    /** The database's present moment. */
    now: () => Promise<string>;
  }) {
    this.#organizations = options.organizations;
    this.#inventory = options.inventory;
    this.#organizationStore = options.organizationStore;
    this.#accountFacts = options.accountFacts;
    this.#refresher = options.refresher;
    this.#now = options.now;
  }

  async listAccounts(query: InventoryQuery): Promise<AccountsResponse> {
    const ids = selectOrganizations(this.#organizations, query.organizationId);
    const page = await pageAcrossOrganizations(
      ids,
      { ...query, limit: query.limit ?? DEFAULT_LIMIT },
      async (id, one) => {
        const { items, ...rest } = await this.#inventory.store.pageAccounts(
          id,
          one,
        );
        return { ...rest, items: await this.#toAccounts(id, items) };
      },
    );
    return { ...page, freshness: await this.#freshness(ids, ['accounts']) };
  }

  async listPermissionSets(
    query: InventoryQuery,
  ): Promise<PermissionSetsResponse> {
    const ids = selectOrganizations(this.#organizations, query.organizationId);
    const page = await pageAcrossOrganizations(
      ids,
      { ...query, limit: query.limit ?? DEFAULT_LIMIT },
      async (id, one) => {
        const { items, ...rest } =
          await this.#inventory.store.pagePermissionSets(id, one);
        return {
          ...rest,
          items: items.map(set => this.#toPermissionSet(id, set)),
        };
      },
    );
    return {
      ...page,
      freshness: await this.#freshness(ids, ['permissionSets']),
    };
  }

  async listOrganizationalUnits(
    organizationId?: string,
  ): Promise<OrganizationalUnitsResponse> {
    const ids = selectOrganizations(this.#organizations, organizationId);
    const units = await Promise.all(
      ids.map(async id =>
        toOrganizationalUnits(
          id,
          await this.#inventory.lists.countAccountsByPath(id),
        ),
      ),
    );
    return {
      items: units.flat(),
      freshness: await this.#freshness(ids, ['accounts']),
    };
  }

  async getStatus(): Promise<{ items: InventoryStatus[] }> {
    const ids = Object.keys(this.#organizations);
    const items = await Promise.all(
      ids.map(async organizationId => ({
        organizationId,
        freshness: await this.#freshness([organizationId], INVENTORY_PARTS),
        directAssignments: await this.#inventory.rotation.getPairCoverage(
          organizationId,
        ),
        refresh: await this.#inventory.refreshes.get(organizationId),
      })),
    );
    return { items };
  }

  async refresh(organizationId?: string): Promise<void> {
    for (const id of selectOrganizations(this.#organizations, organizationId)) {
      await this.#refresher.requestRefresh(id);
    }
  }

  async #toAccounts(
    organizationId: string,
    accounts: InventoryAccount[],
  ): Promise<Account[]> {
    const [facts, row] = await Promise.all([
      this.#accountFacts.factsOf(organizationId, accounts),
      this.#organizationStore.get(organizationId),
    ]);
    const config = this.#organizations[organizationId];
    return accounts.map(account => {
      const { environment, owners } = facts.get(account.accountId)!;
      return {
        organizationId,
        id: account.accountId,
        name: account.name,
        environment: environment.known ? environment.value : 'unknown',
        email: account.email,
        state: account.state,
        ouPath: account.ouPath.map(({ name }) => name),
        ouIds: account.ouPath.map(({ id }) => id),
        ownerRefs: owners.known ? owners.value : null,
        isProtected:
          protectedAccountReason(
            account.accountId,
            config,
            row?.pins ?? null,
          ) !== null,
      };
    });
  }

  #toPermissionSet(
    organizationId: string,
    set: InventoryPermissionSet,
  ): PermissionSet {
    const { document } = set;
    return {
      organizationId,
      arn: set.arn,
      name: set.name,
      description: document.description,
      accessLevel: accessLevelOf(document).level,
      sessionDuration: document.sessionDuration,
      managedPolicies: document.managedPolicies,
      customerManagedPolicies: document.customerManagedPolicies,
      inlinePolicy: document.inlinePolicy,
      permissionsBoundary: document.permissionsBoundary,
      relayState: document.relayState,
      tags: document.tags,
      isProtected: isProtectedPermissionSet(
        set,
        this.#organizations[organizationId],
      ),
    };
  }

  #freshness(ids: string[], needed: readonly InventoryPart[]) {
    return readFreshness(
      {
        inventory: this.#inventory,
        organizations: this.#organizations,
        now: this.#now,
      },
      ids,
      needed,
    );
  }
}

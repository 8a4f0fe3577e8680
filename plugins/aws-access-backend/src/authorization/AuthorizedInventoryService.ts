import { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AccountsResponse,
  awsAccessInventoryRefreshPermission,
  awsAccessOperatePermission,
  InventoryQuery,
  InventoryResponse,
  OrganizationalUnitsResponse,
  OrganizationsResponse,
  PermissionSetsResponse,
} from 'backstage-plugin-aws-access-common';
import { InventoryService } from '../inventory/InventoryService';
import { healthForAll } from '../organizations/healthForAll';
import { OrganizationsService } from '../organizations/OrganizationsService';
import { OPERATIONS_READERS } from './AuthorizedOperationsService';
import { FilingForOthers } from './FilingForOthers';
import { listReadablePages } from './listReadablePages';
import { isPermitted, requirePermission } from './requirePermission';
import { requireReader } from './requireReader';
import { Caller, readsEverything, Role } from './Viewer';

const REFRESHERS: readonly Role[] = ['admin', 'operator', 'security'];

const isRefresher = (caller: Caller) =>
  REFRESHERS.some(role => caller.roles.has(role));

/**
 * Names of organizations, units, accounts and permission sets are for everybody whom
 * the catalog knows: nobody could ask for access without them. Who has access
 * is not in them.
 */
export class AuthorizedInventoryService {
  readonly #inventory: InventoryService;
  readonly #organizations: OrganizationsService;
  readonly #permissions: PermissionsService;
  readonly #forOthers: FilingForOthers;

  constructor(options: {
    inventory: InventoryService;
    organizations: OrganizationsService;
    permissions: PermissionsService;
    forOthers: FilingForOthers;
  }) {
    this.#inventory = options.inventory;
    this.#organizations = options.organizations;
    this.#permissions = options.permissions;
    this.#forOthers = options.forOthers;
  }

  async listOrganizations(caller: Caller): Promise<OrganizationsResponse> {
    await requireReader(this.#permissions, caller);
    const { items } = await this.#organizations.list();
    const readsOperations =
      OPERATIONS_READERS.some(role => caller.roles.has(role)) &&
      (await isPermitted(
        this.#permissions,
        awsAccessOperatePermission,
        caller,
      ));
    return {
      items: readsOperations ? items : items.map(healthForAll),
      pages: await listReadablePages(this.#permissions, caller),
      canFileForOthers: await this.#forOthers.mayForSomebody(caller),
    };
  }

  async listAccounts(
    query: InventoryQuery,
    caller: Caller,
  ): Promise<AccountsResponse> {
    await requireReader(this.#permissions, caller);
    const page = await this.#inventory.listAccounts(query);
    if (readsEverything(caller) || caller.roles.has('operator')) return page;
    // The address of an account's root user is of use to phishers first.
    return {
      ...page,
      items: page.items.map(account => ({ ...account, email: null })),
    };
  }

  async listPermissionSets(
    query: InventoryQuery,
    caller: Caller,
  ): Promise<PermissionSetsResponse> {
    await requireReader(this.#permissions, caller);
    return this.#inventory.listPermissionSets(query);
  }

  async listOrganizationalUnits(
    organizationId: string | undefined,
    caller: Caller,
  ): Promise<OrganizationalUnitsResponse> {
    await requireReader(this.#permissions, caller);
    return this.#inventory.listOrganizationalUnits(organizationId);
  }

  async getStatus(caller: Caller): Promise<InventoryResponse> {
    await requireReader(this.#permissions, caller);
    const canRefresh =
      isRefresher(caller) &&
      (await isPermitted(
        this.#permissions,
        awsAccessInventoryRefreshPermission,
        caller,
      ));
    return { ...(await this.#inventory.getStatus()), canRefresh };
  }

  /** A refresh uses the rate that provisioning needs, so it is for those who run the portal. */
  async refresh(
    organizationId: string | undefined,
    caller: Caller,
  ): Promise<void> {
    await requirePermission(
      this.#permissions,
      awsAccessInventoryRefreshPermission,
      caller,
    );
    if (!isRefresher(caller)) {
      throw new NotAllowedError(
        `Only the roles ${REFRESHERS.join(', ')} may refresh the inventory`,
      );
    }
    await this.#inventory.refresh(organizationId);
  }
}

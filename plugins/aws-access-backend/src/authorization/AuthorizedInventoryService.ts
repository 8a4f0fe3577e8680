import { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AccountsResponse,
  awsAccessInventoryReadPermission,
  awsAccessInventoryRefreshPermission,
  InventoryQuery,
  InventoryResponse,
  Organization,
  PermissionSetsResponse,
} from 'backstage-plugin-aws-access-common';
import { InventoryService } from '../inventory/InventoryService';
import { OrganizationsService } from '../organizations/OrganizationsService';
import { isPermitted, requirePermission } from './requirePermission';
import { Caller, readsEverything, Role } from './Viewer';

const REFRESHERS: readonly Role[] = ['admin', 'operator', 'security'];

const isRefresher = (caller: Caller) =>
  REFRESHERS.some(role => caller.roles.has(role));

/**
 * Names of organizations, accounts and permission sets are for everybody whom
 * the catalog knows: nobody could ask for access without them. Who has access
 * is not in them.
 */
export class AuthorizedInventoryService {
  readonly #inventory: InventoryService;
  readonly #organizations: OrganizationsService;
  readonly #permissions: PermissionsService;

  constructor(options: {
    inventory: InventoryService;
    organizations: OrganizationsService;
    permissions: PermissionsService;
  }) {
    this.#inventory = options.inventory;
    this.#organizations = options.organizations;
    this.#permissions = options.permissions;
  }

  async listOrganizations(caller: Caller): Promise<{ items: Organization[] }> {
    await this.#requireReader(caller);
    return this.#organizations.list();
  }

  async listAccounts(
    query: InventoryQuery,
    caller: Caller,
  ): Promise<AccountsResponse> {
    await this.#requireReader(caller);
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
    await this.#requireReader(caller);
    return this.#inventory.listPermissionSets(query);
  }

  async getStatus(caller: Caller): Promise<InventoryResponse> {
    await this.#requireReader(caller);
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

  /** @throws NotAllowedError for guests and others whom the catalog does not know */
  async #requireReader(caller: Caller): Promise<void> {
    await requirePermission(
      this.#permissions,
      awsAccessInventoryReadPermission,
      caller,
    );
    if (!(await caller.directory.findPerson(caller.userRef))) {
      throw new NotAllowedError(
        `The catalog has no User '${caller.userRef}'; AWS access is for people whom it knows`,
      );
    }
  }
}

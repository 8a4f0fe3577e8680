import {
  AccountsResponse,
  InventoryQuery,
  InventoryStatus,
  OrganizationalUnitsResponse,
  PermissionSetsResponse,
} from 'backstage-plugin-aws-access-common';

/** Lists of what there is in AWS, and how fresh the picture is. */
export interface InventoryService {
  /** @throws NotFoundError when no such organization is configured */
  listAccounts(query: InventoryQuery): Promise<AccountsResponse>;
  /** @throws NotFoundError when no such organization is configured */
  listPermissionSets(query: InventoryQuery): Promise<PermissionSetsResponse>;
  /** @throws NotFoundError when no such organization is configured */
  listOrganizationalUnits(
    organizationId?: string,
  ): Promise<OrganizationalUnitsResponse>;
  getStatus(): Promise<{ items: InventoryStatus[] }>;
  /**
   * Asks for a refresh of one organization or of all; it runs on its own.
   *
   * @throws NotFoundError when no such organization is configured
   */
  refresh(organizationId?: string): Promise<void>;
}

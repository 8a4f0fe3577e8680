import {
  InventoryPart,
  InventoryPartStatus,
} from 'backstage-plugin-aws-access-common';
import {
  AccountAssignment,
  AwsAccount,
  OrganizationalUnit,
  PermissionSetDocument,
  StoreGroup,
  StoreUser,
} from '../clouds/AwsCloud';
import { EntraUser } from '../clouds/EntraCloud';

export interface InventoryAccount extends AwsAccount {
  ouPath: OrganizationalUnit[];
  tags: Record<string, string>;
}

export interface InventoryPermissionSet {
  arn: string;
  name: string;
  /** Digest of the document: see `digest/digestOf`. */
  documentDigest: string;
  document: PermissionSetDocument;
}

export interface InventoryEntraGroup {
  groupId: string;
  displayName: string;
  description: string | null;
  assignedToApplication: boolean;
  /** Null = not read. */
  owners: number | null;
}

/** A page of a list that is searched by name or id. */
export interface InventoryPage<T> {
  items: T[];
  totalItems: number;
  nextCursor: string | null;
}

export interface PageQuery {
  search?: string;
  cursor?: string;
  limit: number;
}

/** What planning and queries read. The inventory's writers extend this in their own file. */
export interface InventoryStore {
  getParts(organizationId: string): Promise<InventoryPartStatus[]>;
  getAccount(
    organizationId: string,
    accountId: string,
  ): Promise<InventoryAccount | undefined>;
  getAccounts(
    organizationId: string,
    accountIds: string[],
  ): Promise<InventoryAccount[]>;
  pageAccounts(
    organizationId: string,
    query: PageQuery,
  ): Promise<InventoryPage<InventoryAccount>>;
  getPermissionSet(
    organizationId: string,
    arn: string,
  ): Promise<InventoryPermissionSet | undefined>;
  pagePermissionSets(
    organizationId: string,
    query: PageQuery,
  ): Promise<InventoryPage<InventoryPermissionSet>>;
  /** By Entra object id. */
  getEntraUsers(
    organizationId: string,
    userIds: string[],
  ): Promise<EntraUser[]>;
  /** Identity store users by the Entra object id that SCIM wrote. */
  getStoreUsersByExternalId(
    organizationId: string,
    externalIds: string[],
  ): Promise<StoreUser[]>;
  /** True when an Entra or identity store group, folded (NFKC, lower case), has the name. */
  isGroupNameTaken(
    organizationId: string,
    displayName: string,
  ): Promise<boolean>;
  /** Replaces one part as a whole, and with it its age. */
  replaceAccounts(
    organizationId: string,
    accounts: InventoryAccount[],
  ): Promise<void>;
  replacePermissionSets(
    organizationId: string,
    sets: InventoryPermissionSet[],
  ): Promise<void>;
  replaceAssignments(
    organizationId: string,
    assignments: AccountAssignment[],
  ): Promise<void>;
  replaceIdentityStore(
    organizationId: string,
    content: {
      users: StoreUser[];
      groups: StoreGroup[];
      memberships: Array<{ groupId: string; userId: string }>;
    },
  ): Promise<void>;
  replaceEntraUsers(organizationId: string, users: EntraUser[]): Promise<void>;
  replaceEntraGroups(
    organizationId: string,
    content: {
      groups: InventoryEntraGroup[];
      memberships: Array<{ groupId: string; userId: string }>;
    },
  ): Promise<void>;
  /** Keeps the rows and says why the attempt failed. */
  markFailed(
    organizationId: string,
    part: InventoryPart,
    reason: string,
  ): Promise<void>;
}

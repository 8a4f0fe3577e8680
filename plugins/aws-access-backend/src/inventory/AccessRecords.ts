import { AccountAssignment, StoreGroup, StoreUser } from '../clouds/AwsCloud';
import {
  InventoryEntraGroup,
  InventoryPermissionSet,
  Membership,
} from './InventoryStore';

/** Which assignments; the fields that are given must all match. */
export interface AssignmentFilter {
  accountId?: string;
  permissionSetArn?: string;
  /** Groups and users of the identity store. */
  principalIds?: string[];
  /** Instead of `principalIds`. */
  accountIds?: string[];
}

/** Where a permission set is assigned, in numbers. */
export interface PermissionSetCount {
  permissionSetArn: string;
  accounts: number;
  groups: number;
  /** Users of the identity store who have it, through groups or directly. */
  people: number;
}

/** Which memberships; one of the two. */
export type MembershipFilter = { groupIds: string[] } | { userIds: string[] };

/** The stored rows that "who has what" joins. */
export interface AccessRecords {
  listAssignments(
    organizationId: string,
    filter: AssignmentFilter,
  ): Promise<AccountAssignment[]>;
  /** Every permission set that is assigned to anybody. */
  countAssigned(organizationId: string): Promise<PermissionSetCount[]>;
  getPermissionSets(
    organizationId: string,
    arns: string[],
  ): Promise<InventoryPermissionSet[]>;
  findPermissionSetByName(
    organizationId: string,
    name: string,
  ): Promise<InventoryPermissionSet | undefined>;
  getStoreUsers(
    organizationId: string,
    userIds: string[],
  ): Promise<StoreUser[]>;
  getStoreGroups(
    organizationId: string,
    groupIds: string[],
  ): Promise<StoreGroup[]>;
  /** By the Entra object id that SCIM wrote. */
  getStoreGroupsByExternalId(
    organizationId: string,
    externalIds: string[],
  ): Promise<StoreGroup[]>;
  listStoreGroups(organizationId: string): Promise<StoreGroup[]>;
  listStoreMemberships(
    organizationId: string,
    filter: MembershipFilter,
  ): Promise<Membership[]>;
  getEntraGroups(
    organizationId: string,
    groupIds: string[],
  ): Promise<InventoryEntraGroup[]>;
  /** Groups of Entra that carry access. */
  listEntraGroups(organizationId: string): Promise<InventoryEntraGroup[]>;
  listEntraMemberships(
    organizationId: string,
    filter: MembershipFilter,
  ): Promise<Membership[]>;
}

import {
  InventoryPart,
  InventoryPartStatus,
} from 'backstage-plugin-aws-access-common';
import {
  AwsAccount,
  OrganizationalUnit,
  PermissionSetDocument,
  StoreUser,
} from '../clouds/AwsCloud';
import { EntraUser } from '../clouds/EntraCloud';
import { InventoryFacts } from './InventoryFacts';

/**
 * An account, and what its facts are found in: where it is in the tree, and
 * its tags.
 */
export interface InventoryAccount extends AwsAccount {
  ouPath: OrganizationalUnit[];
  tags: Record<string, string>;
}

/** A permission set as it was when it was read. */
export interface InventoryPermissionSet {
  arn: string;
  name: string;
  /** Digest of the document: see `digest/digestOf`. */
  documentDigest: string;
  document: PermissionSetDocument;
}

/** An Entra group that SCIM carries, or has carried, to AWS. */
export interface InventoryEntraGroup {
  groupId: string;
  displayName: string;
  description: string | null;
  assignedToApplication: boolean;
  /** How many own it; null = not read. */
  owners: number | null;
  /** Whether our own service principal is among them; null = not read. */
  ownedByUs: boolean | null;
  uniqueName: string | null;
  /** Why it cannot carry access; null = it can (security rule 15). */
  unusableBecause: string | null;
}

/** A user in a group, both of the same directory. */
export interface Membership {
  groupId: string;
  userId: string;
}

/** A page of a list that is searched by name or id. */
export interface InventoryPage<T> {
  items: T[];
  totalItems: number;
  nextCursor: string | null;
}

/** Which page of a list; `search` is compared with names and ids. */
export interface PageQuery {
  search?: string;
  cursor?: string;
  limit: number;
}

/**
 * What planning reads, and how far it was read. The queries behind "who has what"
 * are in AccessRecords.ts; how the parts are replaced is in PartDraft.ts and
 * AssignmentsDraft.ts.
 */
export interface InventoryStore {
  readonly facts: InventoryFacts;
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
  /**
   * For a part that has no rows of its own.
   *
   * @param readSince - when the reading began: the part's age, because nothing in
   *   it is known to be newer. Default: the database's present moment
   */
  markRead(
    organizationId: string,
    part: InventoryPart,
    readSince?: string,
  ): Promise<void>;
  /** Keeps the rows and says why the attempt failed. */
  markFailed(
    organizationId: string,
    part: InventoryPart,
    reason: string,
  ): Promise<void>;
}

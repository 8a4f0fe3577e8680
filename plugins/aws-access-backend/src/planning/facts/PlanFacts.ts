import { OrganizationPins } from 'backstage-plugin-aws-access-common';
import { EntraUser } from '../../clouds/EntraCloud';
import { OrganizationConfig } from '../../config/AwsAccessConfig';
import {
  InventoryAccount,
  InventoryPermissionSet,
} from '../../inventory/InventoryStore';
import { CatalogPerson, Team } from '../../people/PersonDirectory';
import { AccessLevelVerdict } from '../../iam/accessLevelOf';
import { AccountFacts } from '../../facts/accountFacts';
import { Fact } from '../../facts/Fact';

/** An account that a request names, and what is known about it. */
export interface PlannedAccount {
  account: InventoryAccount;
  facts: AccountFacts;
}

/** A permission set that a request names, and what it allows. */
export interface PlannedPermissionSet {
  set: InventoryPermissionSet;
  level: AccessLevelVerdict;
}

/** An access group that exists, and everything that it carries. */
export interface PlannedExistingGroup {
  groupId: string;
  displayName: string;
  description: string | null;
  /** Entra object ids of its direct members, sorted. */
  memberIds: string[];
  /** Why it cannot carry access (security rule 15); null = it can. */
  unusableBecause: string | null;
  assignedToApplication: boolean;
  /** Whether our own service principal owns it; null = not read. */
  ownedByUs: boolean | null;
  /** How many others own it; null = not read. */
  otherOwners: number | null;
  /** Records prove that this product made or adopted it. */
  isOurs: boolean;
  /** Null = SCIM has not brought it to AWS. */
  storeGroupId: string | null;
  /** What it has in AWS now. */
  assignments: Array<{ accountId: string; permissionSetArn: string }>;
}

/** Who has a permission set in an account, by one assignment. */
export interface PermissionSetHolder {
  accountId: string;
  principalType: 'GROUP' | 'USER';
  /** Of the identity store. */
  principalId: string;
  /** Name of the group or the user. */
  displayName: string;
  /** Entra object ids of the people behind it. */
  entraUserIds: string[];
  /** How many people of the identity store have no Entra id. */
  unknownPeople: number;
}

/** Everything a plan is made from; what is missing in a map does not exist. */
export interface PlanFacts {
  organizationId: string;
  config: OrganizationConfig;
  /** Null before first contact. */
  pins: OrganizationPins | null;
  requester: CatalogPerson | undefined;
  team: Team | undefined;
  /** By catalog ref. */
  people: Map<string, CatalogPerson>;
  /** By Entra object id. */
  entraUsers: Map<string, EntraUser>;
  /** Entra object ids of people whom SCIM has brought to AWS. */
  inIdentityStore: Set<string>;
  /** By account id. */
  accounts: Map<string, PlannedAccount>;
  /**
   * ARNs of the permission sets in accounts of which the inventory knows so many
   * that the request may exceed AWS's quota there, by account id.
   */
  crowdedAccounts: Map<string, string[]>;
  /** Who owns the systems in an account, by its id. */
  systemOwners: Map<string, Fact<string[]>>;
  /** By ARN. */
  permissionSets: Map<string, PlannedPermissionSet>;
  /** Names of all permission sets, folded, to the ARN that has it. */
  permissionSetNames: Map<string, string>;
  /** Folded names of new permission sets that other requests have reserved. */
  reservedSetNames: Set<string>;
  /** Access groups that the request names, by Entra object id. */
  groups: Map<string, PlannedExistingGroup>;
  /** Who has the permission sets that the request changes or removes, by ARN. */
  holders: Map<string, PermissionSetHolder[]>;
  /** Who has something themselves of what elevations name, by ARN. */
  directHolders: Map<string, PermissionSetHolder[]>;
  /** Accounts that are in a scope of the request now, by the index of its change. */
  accountsInScope: Map<number, string[]>;
  /** Null = the credentials may not know. */
  delegatedAdministratorIds: Set<string> | null;
  /**
   * ARNs of named permission sets that the management account has, too, where
   * our credentials are known to be of another account: AWS leaves those sets to
   * the management account.
   */
  outOfReachSets: Set<string>;
  /** False: AWS has switched permission sets off in the instance. */
  permissionSetsEnabled: boolean;
  /**
   * Objects that are there only until leases of other requests end, by
   * `membershipKey` and `assignmentKey`: for a plan they are as good as absent,
   * because without it they go.
   */
  endingObjects: Set<string>;
  /**
   * Keys, as of the plan's objects, of what this product made or adopted of the
   * groups that the request adopts.
   */
  ownParts: Set<string>;
  /** ARNs of permission sets that records prove this product made or adopted. */
  ownPermissionSets: Set<string>;
  /** Names for the access groups, by the key of their change. */
  groupNames: Map<string, { displayName: string; isTaken: boolean }>;
  /** Age of the oldest fact, ISO-8601; null = something was never read. */
  asOf: string | null;
  /** Why the facts are too old or too incomplete to plan by; null = they are not. */
  unusableBecause: string | null;
}

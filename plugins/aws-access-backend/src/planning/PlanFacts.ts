import { OrganizationPins } from 'backstage-plugin-aws-access-common';
import { EntraUser } from '../clouds/EntraCloud';
import { OrganizationConfig } from '../config/AwsAccessConfig';
import {
  InventoryAccount,
  InventoryPermissionSet,
} from '../inventory/InventoryStore';
import { CatalogPerson, Team } from '../people/PersonDirectory';
import { AccessLevelVerdict } from '../facts/accessLevelOf';
import { AccountFacts } from '../facts/accountFacts';
import { Fact } from '../facts/Fact';

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
  /** Who owns the systems in an account, by its id. */
  systemOwners: Map<string, Fact<string[]>>;
  /** By ARN. */
  permissionSets: Map<string, PlannedPermissionSet>;
  /** Names for the access groups, by the key of their change. */
  groupNames: Map<string, { displayName: string; isTaken: boolean }>;
  /** Age of the oldest fact, ISO-8601; null = something was never read. */
  asOf: string | null;
  /** Why the facts are too old or too incomplete to plan by; null = they are not. */
  unusableBecause: string | null;
}

import { Environment, Evidence } from 'backstage-plugin-aws-access-common';
import { AccountAssignment, StoreGroup, StoreUser } from '../clouds/AwsCloud';
import { EntraUser } from '../clouds/EntraCloud';
import {
  InventoryAccount,
  InventoryEntraGroup,
  InventoryPermissionSet,
} from '../inventory/InventoryStore';
import { LeaseRow } from '../leases/LeaseStore';
import { CatalogPerson } from '../people/PersonDirectory';

/** The team that was asked for. */
export interface TeamFacts {
  displayName: string;
  memberEntraIds: ReadonlySet<string>;
  /** What proves that a group of the identity store is the team's, by its id. */
  evidence: ReadonlyMap<string, Evidence>;
}

/** Everything that "who has what" in one organization is joined from. */
export interface AccessFacts {
  organizationId: string;
  accessPortalUrl: string | null;
  assignments: AccountAssignment[];
  accounts: ReadonlyMap<string, InventoryAccount>;
  environments: ReadonlyMap<string, Environment>;
  permissionSets: ReadonlyMap<string, InventoryPermissionSet>;
  storeGroups: ReadonlyMap<string, StoreGroup>;
  /** Assigned users and members of assigned groups. */
  storeUsers: ReadonlyMap<string, StoreUser>;
  /** Entra object ids that SCIM has brought to the identity store. */
  provisionedEntraIds: ReadonlySet<string>;
  /** User ids by id of the identity store group. */
  storeMembers: ReadonlyMap<string, string[]>;
  /** False until Entra's groups were read once: then nobody is called leaving. */
  entraGroupsAreKnown: boolean;
  entraGroups: ReadonlyMap<string, InventoryEntraGroup>;
  entraUsers: ReadonlyMap<string, EntraUser>;
  /** User ids by Entra object id of the group. */
  entraMembers: ReadonlyMap<string, string[]>;
  /** Catalog Users by Entra object id. */
  people: ReadonlyMap<string, CatalogPerson>;
  /** Leases that are a reason for an assignment now, by `assignmentKey`. */
  leases: ReadonlyMap<string, LeaseRow[]>;
  /** Keys of leased assignments that were adopted, not made. */
  adopted: ReadonlySet<string>;
  requestNumbers: ReadonlyMap<string, number>;
  team: TeamFacts | null;
  /** When one person was asked for: nobody else is named. */
  onlyEntraUserId: string | null;
}

/** By which an assignment and the leases on it are known. */
export function assignmentKey(assignment: {
  accountId: string;
  permissionSetArn: string;
  principalId: string;
}): string {
  const { accountId, permissionSetArn, principalId } = assignment;
  return `${accountId} ${permissionSetArn} ${principalId}`;
}

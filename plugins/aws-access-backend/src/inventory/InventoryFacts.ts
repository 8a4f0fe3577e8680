import { ExistingGroup } from '../facts/FactsSource';
import { PermissionSetHolder } from '../planning/facts/PlanFacts';
import { AssignmentPair } from './AssignmentsDraft';

/** What the clouds say of an organization as a whole; undefined = not known. */
export interface OrganizationFacts {
  delegatedAdministratorIds?: string[];
  permissionSetsEnabled?: boolean;
}

/** What a plan asks of the inventory beyond single rows. */
export interface InventoryFacts {
  /** Those of the groups that are known, by Entra object id. */
  findGroups(
    organizationId: string,
    groupIds: string[],
  ): Promise<ExistingGroup[]>;
  findHolders(
    organizationId: string,
    permissionSetArn: string,
  ): Promise<PermissionSetHolder[]>;
  /**
   * ARNs of the permission sets that are assigned in an account, of those of the
   * accounts that have so many or more.
   */
  listCrowdedAccounts(
    organizationId: string,
    accountIds: string[],
    permissionSets: number,
  ): Promise<Map<string, string[]>>;
  listPermissionSetNames(
    organizationId: string,
  ): Promise<Array<{ arn: string; name: string }>>;
  /** Those of the pairs that the last reading of who is assigned where did not find. */
  listUnknownPairs(
    organizationId: string,
    pairs: AssignmentPair[],
  ): Promise<AssignmentPair[]>;
  getOrganization(organizationId: string): Promise<OrganizationFacts>;
  setDelegatedAdministratorIds(
    organizationId: string,
    ids: string[] | undefined,
  ): Promise<void>;
  setPermissionSetsEnabled(
    organizationId: string,
    enabled: boolean,
  ): Promise<void>;
}

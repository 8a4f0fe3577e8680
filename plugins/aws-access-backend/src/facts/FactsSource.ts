import { AccountScope } from 'backstage-plugin-aws-access-common';
import { EntraUser } from '../clouds/EntraCloud';
import {
  PermissionSetHolder,
  PlannedExistingGroup,
} from '../planning/facts/PlanFacts';
import {
  InventoryAccount,
  InventoryPermissionSet,
} from '../inventory/InventoryStore';

/** An access group as the clouds know it. */
export type ExistingGroup = Omit<PlannedExistingGroup, 'isOurs'> & {
  uniqueName: string | null;
};

/** A scope that is kept true; named accounts are not one. */
export type KeptScope = Exclude<AccountScope, { kind: 'named' }>;

/** Where the facts of a plan come from: the stored inventory or the clouds. */
export interface FactsSource {
  /** Those of the accounts that exist. */
  findAccounts(accountIds: string[]): Promise<InventoryAccount[]>;
  /** Those of the permission sets that exist. */
  findPermissionSets(arns: string[]): Promise<InventoryPermissionSet[]>;
  /** Those of the users that exist, by Entra object id. */
  findEntraUsers(userIds: string[]): Promise<EntraUser[]>;
  /** Those of the Entra object ids that SCIM has brought to AWS. */
  listInIdentityStore(entraUserIds: string[]): Promise<string[]>;
  /** True when a group in Entra or AWS has the name, folded. */
  isGroupNameTaken(displayName: string): Promise<boolean>;
  /** Those of the groups that exist, by Entra object id. */
  findGroups(groupIds: string[]): Promise<ExistingGroup[]>;
  /** Everybody who has the permission set, by the assignments that give it. */
  findHolders(permissionSetArn: string): Promise<PermissionSetHolder[]>;
  /** Which of the people have it themselves, in which of the accounts. */
  findDirectHolders(of: {
    permissionSetArn: string;
    accountIds: string[];
    entraUserIds: string[];
  }): Promise<PermissionSetHolder[]>;
  /** Ids of the accounts that the scope holds, protected ones included. */
  listAccountsInScope(scope: KeptScope): Promise<string[]>;
  /** Name and ARN of every permission set. */
  listPermissionSetNames(): Promise<Array<{ arn: string; name: string }>>;
  /** Undefined = the credentials may not know. */
  listDelegatedAdministratorIds(): Promise<string[] | undefined>;
  /** False: AWS has switched permission sets off in the instance. */
  arePermissionSetsEnabled(): Promise<boolean>;
  /** How old the facts are, and whether one may plan by them. */
  describeAge(): Promise<{
    asOf: string | null;
    unusableBecause: string | null;
  }>;
}

import { EntraUser } from '../clouds/EntraCloud';
import {
  InventoryAccount,
  InventoryPermissionSet,
} from '../inventory/InventoryStore';

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
  /** How old the facts are, and whether one may plan by them. */
  describeAge(): Promise<{
    asOf: string | null;
    unusableBecause: string | null;
  }>;
}

import { AccountAssignment, StoreGroup, StoreUser } from '../clouds/AwsCloud';
import { EntraUser } from '../clouds/EntraCloud';
import {
  InventoryAccount,
  InventoryEntraGroup,
  InventoryPermissionSet,
} from './InventoryStore';
import { foldName } from '../planning/names/foldName';

/** Names of the tables that hold the picture of both clouds. */
export const TABLES = {
  parts: 'aws_access_inventory_parts',
  accounts: 'aws_access_accounts',
  permissionSets: 'aws_access_permission_sets',
  assignments: 'aws_access_assignments',
  storeUsers: 'aws_access_store_users',
  storeGroups: 'aws_access_store_groups',
  storeMemberships: 'aws_access_store_memberships',
  entraUsers: 'aws_access_entra_users',
  entraGroups: 'aws_access_entra_groups',
  entraMemberships: 'aws_access_entra_memberships',
  organizationFacts: 'aws_access_organization_facts',
  assignmentPairs: 'aws_access_assignment_pairs',
} as const;

/** Each pair of functions turns objects into rows and rows into objects. */
export const rows = {
  account: {
    toRow: (account: InventoryAccount) => ({
      account_id: account.accountId,
      name: account.name,
      email: account.email,
      state: account.state,
      joined_at: account.joinedAt,
      ou_path: JSON.stringify(account.ouPath),
      tags: JSON.stringify(account.tags),
    }),
    fromRow: (row: any): InventoryAccount => ({
      accountId: row.account_id,
      name: row.name,
      email: row.email,
      state: row.state,
      joinedAt: row.joined_at,
      ouPath: JSON.parse(row.ou_path),
      tags: JSON.parse(row.tags),
    }),
  },
  permissionSet: {
    toRow: (set: InventoryPermissionSet) => ({
      arn: set.arn,
      name: set.name,
      document_digest: set.documentDigest,
      document: JSON.stringify(set.document),
    }),
    fromRow: (row: any): InventoryPermissionSet => ({
      arn: row.arn,
      name: row.name,
      documentDigest: row.document_digest,
      // Tags came later than the table.
      document: { tags: {}, ...JSON.parse(row.document) },
    }),
  },
  assignment: {
    toRow: (assignment: AccountAssignment) => ({
      account_id: assignment.accountId,
      permission_set_arn: assignment.permissionSetArn,
      principal_type: assignment.principalType,
      principal_id: assignment.principalId,
    }),
    fromRow: (row: any): AccountAssignment => ({
      accountId: row.account_id,
      permissionSetArn: row.permission_set_arn,
      principalType: row.principal_type,
      principalId: row.principal_id,
    }),
  },
  storeUser: {
    toRow: (user: StoreUser) => ({
      user_id: user.userId,
      user_name: user.userName,
      display_name: user.displayName,
      external_id: user.externalId,
    }),
    fromRow: (row: any): StoreUser => ({
      userId: row.user_id,
      userName: row.user_name,
      displayName: row.display_name,
      externalId: row.external_id,
    }),
  },
  storeGroup: {
    toRow: (group: StoreGroup) => ({
      group_id: group.groupId,
      display_name: group.displayName,
      external_id: group.externalId,
    }),
    fromRow: (row: any): StoreGroup => ({
      groupId: row.group_id,
      displayName: row.display_name,
      externalId: row.external_id,
    }),
  },
  entraUser: {
    toRow: (user: EntraUser) => ({
      user_id: user.userId,
      user_principal_name: user.userPrincipalName,
      display_name: user.displayName,
      account_enabled: user.accountEnabled === true,
    }),
    fromRow: (row: any): EntraUser => ({
      userId: row.user_id,
      userPrincipalName: row.user_principal_name,
      displayName: row.display_name,
      accountEnabled: Boolean(row.account_enabled),
    }),
  },
  entraGroup: {
    toRow: (group: InventoryEntraGroup) => ({
      group_id: group.groupId,
      display_name: group.displayName,
      folded_name: foldName(group.displayName),
      description: group.description,
      assigned_to_application: group.assignedToApplication,
      owners: group.owners,
      owned_by_us: group.ownedByUs,
      unique_name: group.uniqueName,
      unusable_because: group.unusableBecause,
    }),
    fromRow: (row: any): InventoryEntraGroup => ({
      groupId: row.group_id,
      displayName: row.display_name,
      description: row.description,
      assignedToApplication: Boolean(row.assigned_to_application),
      owners: row.owners === null ? null : Number(row.owners),
      ownedByUs: row.owned_by_us === null ? null : Boolean(row.owned_by_us),
      uniqueName: row.unique_name,
      unusableBecause: row.unusable_because,
    }),
  },
};

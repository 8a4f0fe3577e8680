import { EntraGroup, EntraUser } from '../EntraCloud';

/** What is read of a user. */
export const USER_FIELDS = 'id,userPrincipalName,displayName,accountEnabled';
/** What is read of a group. Graph sends `isAssignableToRole` only when asked. */
export const GROUP_FIELDS =
  'id,displayName,description,uniqueName,securityEnabled,mailEnabled,groupTypes,isAssignableToRole,onPremisesSyncEnabled';
/** The largest page of users, members and assignments. */
export const PAGE_SIZE = 999;

/**
 * A user as Graph answers {@link USER_FIELDS}; members of a group carry their
 * type.
 */
export interface GraphUser {
  '@odata.type'?: string;
  id: string;
  userPrincipalName: string;
  displayName?: string | null;
  accountEnabled?: boolean | null;
}

/** A group as Graph answers {@link GROUP_FIELDS}. */
export interface GraphGroup {
  id: string;
  displayName?: string | null;
  description?: string | null;
  uniqueName?: string | null;
  securityEnabled?: boolean | null;
  mailEnabled?: boolean | null;
  groupTypes?: string[] | null;
  isAssignableToRole?: boolean | null;
  onPremisesSyncEnabled?: boolean | null;
}

/** A group by its object id. */
export function groupPath(groupId: string): string {
  return `/groups/${encodeURIComponent(groupId)}`;
}

/** A group by its unique name, which need not exist: a write can make it. */
export function uniqueNamePath(uniqueName: string): string {
  return `/groups(uniqueName='${encodeURIComponent(
    uniqueName.replace(/'/g, "''"),
  )}')`;
}

/** A user in the words of the port. */
export function toUser(user: GraphUser): EntraUser {
  return {
    userId: user.id,
    userPrincipalName: user.userPrincipalName,
    displayName: user.displayName ?? null,
    // Absent when the application may not read it: then nobody may rely on it.
    accountEnabled: user.accountEnabled ?? null,
  };
}

/** A group in the words of the port. */
export function toGroup(group: GraphGroup): EntraGroup {
  return {
    groupId: group.id,
    displayName: group.displayName ?? '',
    description: group.description ?? null,
    uniqueName: group.uniqueName ?? null,
    unusableBecause: unusableBecause(group),
  };
}

/**
 * Only cloud-only security groups whose members are named one by one can carry
 * access (security rule 15).
 */
function unusableBecause(group: GraphGroup): string | null {
  // Absent counts against it: what we may not read, we cannot rely on.
  if (group.securityEnabled !== true) return 'It is not a security group.';
  if (group.groupTypes?.includes('DynamicMembership')) {
    return 'A rule decides on its members (dynamic membership).';
  }
  if (group.groupTypes?.includes('Unified')) {
    return 'It is a Microsoft 365 group.';
  }
  if (group.mailEnabled) return 'It is a mail-enabled group.';
  if (group.isAssignableToRole) {
    return 'Entra roles can be given to it (role-assignable).';
  }
  if (group.onPremisesSyncEnabled) {
    return 'It is synchronized from an on-premises directory.';
  }
  return null;
}

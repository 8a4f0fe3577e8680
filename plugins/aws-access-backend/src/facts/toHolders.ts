import { AccountAssignment, StoreGroup, StoreUser } from '../clouds/AwsCloud';
import { PermissionSetHolder } from '../planning/facts/PlanFacts';

/** The people behind assignments, by id; what is missing is not there. */
export interface HolderDirectory {
  storeGroups: Map<string, StoreGroup>;
  storeUsers: Map<string, StoreUser>;
  /** Ids of store users, by the store group. */
  storeMembers: Map<string, string[]>;
  /** Entra object ids of users, by the Entra group. */
  entraMembers: Map<string, string[]>;
}

/**
 * Who holds a permission set through each assignment. Of a group that is
 * everybody in it on either side of SCIM: who has it now, and who will have it
 * after the next cycle.
 */
export function toHolders(
  assignments: AccountAssignment[],
  directory: HolderDirectory,
): PermissionSetHolder[] {
  return assignments.map(assignment => ({
    accountId: assignment.accountId,
    principalType: assignment.principalType,
    principalId: assignment.principalId,
    ...(assignment.principalType === 'GROUP'
      ? groupPeople(assignment.principalId, directory)
      : userPeople(assignment.principalId, directory)),
  }));
}

function groupPeople(groupId: string, directory: HolderDirectory) {
  const group = directory.storeGroups.get(groupId);
  const inAws = (directory.storeMembers.get(groupId) ?? []).map(
    userId => directory.storeUsers.get(userId)?.externalId ?? null,
  );
  const inEntra = group?.externalId
    ? directory.entraMembers.get(group.externalId) ?? []
    : [];
  return {
    displayName: group?.displayName ?? groupId,
    entraUserIds: [
      ...new Set([...inAws.filter(id => id !== null), ...inEntra]),
    ].sort(),
    unknownPeople: inAws.filter(id => id === null).length,
  };
}

function userPeople(userId: string, directory: HolderDirectory) {
  const user = directory.storeUsers.get(userId);
  return {
    displayName: user?.displayName ?? user?.userName ?? userId,
    entraUserIds: user?.externalId ? [user.externalId] : [],
    unknownPeople: user?.externalId ? 0 : 1,
  };
}

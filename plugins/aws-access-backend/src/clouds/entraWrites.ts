import { CloudWrite } from './CloudWriteGate';

/** What a seal for creating an access group must carry. */
export function createGroupWrite(group: {
  uniqueName: string;
  displayName: string;
  description: string;
}): CloudWrite {
  return {
    operation: "graph:PATCH /groups(uniqueName='{uniqueName}')",
    input: {
      uniqueName: group.uniqueName,
      displayName: group.displayName,
      description: group.description,
    },
  };
}

/** What a seal for adding a member must carry. */
export function addMemberWrite(groupId: string, userId: string): CloudWrite {
  return {
    operation: 'graph:POST /groups/{groupId}/members/$ref',
    input: { groupId, userId },
  };
}

/** What a seal for removing a member must carry. */
export function removeMemberWrite(groupId: string, userId: string): CloudWrite {
  return {
    operation: 'graph:DELETE /groups/{groupId}/members/{userId}/$ref',
    input: { groupId, userId },
  };
}

/** What a seal for deleting a group must carry. */
export function deleteGroupWrite(groupId: string): CloudWrite {
  return { operation: 'graph:DELETE /groups/{groupId}', input: { groupId } };
}

/** What a seal for letting a group into the enterprise application must carry. */
export function assignGroupToApplicationWrite(groupId: string): CloudWrite {
  return {
    operation: 'graph:POST /servicePrincipals/{id}/appRoleAssignedTo',
    input: { groupId },
  };
}

/** What a seal for taking a group out of the enterprise application must carry. */
export function removeApplicationAssignmentWrite(
  assignmentId: string,
): CloudWrite {
  return {
    operation:
      'graph:DELETE /servicePrincipals/{id}/appRoleAssignedTo/{assignmentId}',
    input: { assignmentId },
  };
}

/** What a seal for provisioning a group on demand must carry. */
export function provisionOnDemandWrite(
  groupId: string,
  userIds: string[],
): CloudWrite {
  return {
    operation:
      'graph:POST /servicePrincipals/{id}/synchronization/jobs/{jobId}/provisionOnDemand',
    input: { groupId, userIds },
  };
}

import { AccountAssignment } from './AwsCloud';

/** What a seal for creating an assignment must carry. */
export function createAccountAssignmentWrite(assignment: AccountAssignment) {
  return {
    operation: 'sso-admin:CreateAccountAssignment',
    input: assignmentInput(assignment),
  };
}

/** What a seal for deleting an assignment must carry. */
export function deleteAccountAssignmentWrite(assignment: AccountAssignment) {
  return {
    operation: 'sso-admin:DeleteAccountAssignment',
    input: assignmentInput(assignment),
  };
}

// The instance is left out: the client of an organization knows only its own.
function assignmentInput(assignment: AccountAssignment) {
  return {
    TargetType: 'AWS_ACCOUNT' as const,
    TargetId: assignment.accountId,
    PermissionSetArn: assignment.permissionSetArn,
    PrincipalType: assignment.principalType,
    PrincipalId: assignment.principalId,
  };
}

import {
  AccountAssignment,
  PermissionSetDocument,
  PermissionSetEdit,
  PermissionSetMarks,
} from './AwsCloud';
import { toAwsTags, withMarks } from './aws/permissionSetTags';

/*
 * The operation and input of each write: what a seal must carry, and what is
 * then sent. The instance is left out: the client of an organization knows only
 * its own.
 */

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

/** What a seal for creating a permission set must carry; policies are edits. */
export function createPermissionSetWrite(
  set: PermissionSetDocument,
  marks: PermissionSetMarks,
) {
  return {
    operation: 'sso-admin:CreatePermissionSet',
    input: {
      Name: set.name,
      SessionDuration: set.sessionDuration,
      ...(set.description !== null && { Description: set.description }),
      ...(set.relayState !== null && { RelayState: set.relayState }),
      // With the creation, not after it: there is no moment in which a
      // permission set of ours cannot be told from somebody else's.
      Tags: toAwsTags(withMarks(set.tags, marks)),
    },
  };
}

/** What a seal for one edit of a permission set must carry. */
export function editPermissionSetWrite(arn: string, edit: PermissionSetEdit) {
  const { call, ...input } = editCall(edit);
  return {
    operation: `sso-admin:${call}` as const,
    input:
      edit.kind === 'tag' || edit.kind === 'untag'
        ? { ResourceArn: arn, ...input }
        : { PermissionSetArn: arn, ...input },
  };
}

/** What a seal for bringing a permission set to its accounts must carry. */
export function provisionPermissionSetWrite(arn: string) {
  return {
    operation: 'sso-admin:ProvisionPermissionSet',
    input: {
      PermissionSetArn: arn,
      TargetType: 'ALL_PROVISIONED_ACCOUNTS' as const,
    },
  };
}

/** What a seal for deleting a permission set must carry. */
export function deletePermissionSetWrite(arn: string) {
  return {
    operation: 'sso-admin:DeletePermissionSet',
    input: { PermissionSetArn: arn },
  };
}

function assignmentInput(assignment: AccountAssignment) {
  return {
    TargetType: 'AWS_ACCOUNT' as const,
    TargetId: assignment.accountId,
    PermissionSetArn: assignment.permissionSetArn,
    PrincipalType: assignment.principalType,
    PrincipalId: assignment.principalId,
  };
}

function editCall(edit: PermissionSetEdit) {
  switch (edit.kind) {
    case 'attributes':
      return {
        call: 'UpdatePermissionSet',
        // AWS takes no empty description and need not clear one that is left
        // out, so none is a blank; read back, a blank is none.
        Description: edit.description ?? ' ',
        SessionDuration: edit.sessionDuration,
        // Left out, AWS clears it.
        ...(edit.relayState !== null && { RelayState: edit.relayState }),
      } as const;
    case 'attachManagedPolicy':
      return {
        call: 'AttachManagedPolicyToPermissionSet',
        ManagedPolicyArn: edit.arn,
      } as const;
    case 'detachManagedPolicy':
      return {
        call: 'DetachManagedPolicyFromPermissionSet',
        ManagedPolicyArn: edit.arn,
      } as const;
    case 'attachCustomerManagedPolicy':
      return {
        call: 'AttachCustomerManagedPolicyReferenceToPermissionSet',
        CustomerManagedPolicyReference: toReference(edit),
      } as const;
    case 'detachCustomerManagedPolicy':
      return {
        call: 'DetachCustomerManagedPolicyReferenceFromPermissionSet',
        CustomerManagedPolicyReference: toReference(edit),
      } as const;
    case 'putInlinePolicy':
      return {
        call: 'PutInlinePolicyToPermissionSet',
        InlinePolicy: edit.policy,
      } as const;
    case 'deleteInlinePolicy':
      return { call: 'DeleteInlinePolicyFromPermissionSet' } as const;
    case 'putPermissionsBoundary':
      return {
        call: 'PutPermissionsBoundaryToPermissionSet',
        PermissionsBoundary:
          'managedPolicyArn' in edit.boundary
            ? { ManagedPolicyArn: edit.boundary.managedPolicyArn }
            : {
                CustomerManagedPolicyReference: toReference(
                  edit.boundary.customerManagedPolicy,
                ),
              },
      } as const;
    case 'deletePermissionsBoundary':
      return { call: 'DeletePermissionsBoundaryFromPermissionSet' } as const;
    case 'tag':
      return { call: 'TagResource', Tags: toAwsTags(edit.tags) } as const;
    default:
      return { call: 'UntagResource', TagKeys: [...edit.keys].sort() } as const;
  }
}

function toReference({ name, path }: { name: string; path: string }) {
  return { Name: name, Path: path };
}

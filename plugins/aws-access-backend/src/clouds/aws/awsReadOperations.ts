/**
 * The operations that go out without an authorization. Everything that is not
 * on this list is a write (security rule 19), also what AWS adds later.
 */
export const AWS_READ_OPERATIONS: ReadonlySet<string> = new Set([
  'sso-admin:DescribeAccountAssignmentCreationStatus',
  'sso-admin:DescribeAccountAssignmentDeletionStatus',
  'sso-admin:DescribeInstance',
  'sso-admin:DescribePermissionSet',
  'sso-admin:GetInlinePolicyForPermissionSet',
  'sso-admin:GetPermissionsBoundaryForPermissionSet',
  'sso-admin:ListAccountAssignmentCreationStatus',
  'sso-admin:ListAccountAssignmentDeletionStatus',
  'sso-admin:ListAccountAssignments',
  'sso-admin:ListAccountsForProvisionedPermissionSet',
  'sso-admin:ListCustomerManagedPolicyReferencesInPermissionSet',
  'sso-admin:ListInstances',
  'sso-admin:ListManagedPoliciesInPermissionSet',
  'sso-admin:ListPermissionSets',
  'identitystore:DescribeGroup',
  'identitystore:DescribeUser',
  'identitystore:GetGroupId',
  'identitystore:GetUserId',
  'identitystore:ListGroupMemberships',
  'identitystore:ListGroups',
  'identitystore:ListUsers',
  'organizations:DescribeAccount',
  'organizations:DescribeOrganization',
  'organizations:DescribeOrganizationalUnit',
  'organizations:ListAccounts',
  'organizations:ListParents',
  'organizations:ListTagsForResource',
]);

const ACCESS_KEY_ID = 'AKIASANDBOXPORTAL001';
const BEARER_TOKEN = 'sandbox-portal-token';
const InstanceArn = 'arn:aws:sso:::instance/ssoins-7223aa11bb22cc33';
const IdentityStoreId = 'd-99670e1a2b';
const ENTERPRISE_APPLICATION = 'b9c6cb3e-5f24-4a55-9c8a-7d8e51b5f003';

/** Rows of a page: so many are there at every size. */
const ROWS = 10;

function aws(service, target) {
  return (operation, input) => ({
    name: operation,
    method: 'POST',
    path: '/',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': `${target}.${operation}`,
      Authorization: `AWS4-HMAC-SHA256 Credential=${ACCESS_KEY_ID}/20260101/eu-central-1/${service}/aws4_request, SignedHeaders=host, Signature=any`,
    },
    body: JSON.stringify(input),
  });
}

const ssoAdmin = aws('sso', 'SWBExternalService');
const identityStore = aws('identitystore', 'AWSIdentityStore');
const organizations = aws('organizations', 'AWSOrganizationsV20161128');

const graph = (name, path, headers = {}) => ({
  name: `GET ${name}`,
  method: 'GET',
  path: `/v1.0${path}`,
  headers: { Authorization: `Bearer ${BEARER_TOKEN}`, ...headers },
});

/** What a client reads most: the list pages and the single reads of both clouds. */
export function representativeRequests(subjects) {
  const { permissionSetArn: PermissionSetArn, userId: UserId } = subjects;
  const MaxResults = ROWS;
  const filter = text => `$top=1&$filter=${encodeURIComponent(text)}`;
  return [
    organizations('ListAccounts', { MaxResults }),
    organizations('ListAccountsForParent', {
      ParentId: subjects.parentId,
      MaxResults: 3,
    }),
    organizations('DescribeAccount', { AccountId: subjects.accountId }),
    organizations('ListTagsForResource', { ResourceId: subjects.accountId }),
    ssoAdmin('ListPermissionSets', { InstanceArn, MaxResults }),
    ssoAdmin('DescribePermissionSet', { InstanceArn, PermissionSetArn }),
    ssoAdmin('ListAccountsForProvisionedPermissionSet', {
      InstanceArn,
      PermissionSetArn,
      MaxResults,
    }),
    ssoAdmin('ListPermissionSetsProvisionedToAccount', {
      InstanceArn,
      AccountId: subjects.accountId,
      MaxResults: 3,
    }),
    ssoAdmin('ListAccountAssignments', {
      InstanceArn,
      PermissionSetArn,
      AccountId: subjects.assignedAccountId,
      MaxResults: 1,
    }),
    ssoAdmin('ListAccountAssignmentsForPrincipal', {
      InstanceArn,
      PrincipalId: subjects.assignedGroupId,
      PrincipalType: 'GROUP',
      MaxResults,
    }),
    identityStore('ListUsers', { IdentityStoreId, MaxResults }),
    identityStore('ListGroups', { IdentityStoreId, MaxResults }),
    identityStore('ListGroupMemberships', {
      IdentityStoreId,
      GroupId: subjects.groupId,
      MaxResults,
    }),
    identityStore('ListGroupMembershipsForMember', {
      IdentityStoreId,
      MemberId: { UserId },
      MaxResults: 3,
    }),
    identityStore('DescribeUser', { IdentityStoreId, UserId }),
    identityStore('GetUserId', {
      IdentityStoreId,
      AlternateIdentifier: {
        UniqueAttribute: {
          AttributePath: 'userName',
          AttributeValue: 'petra.pohl@parcel.example',
        },
      },
    }),
    graph('/users', `/users?$top=${ROWS}`),
    graph('/users/{id}', `/users/${subjects.entraUserId}`),
    graph(
      '/users by name',
      `/users?${filter("userPrincipalName eq 'petra.pohl@parcel.example'")}`,
    ),
    graph(
      '/users/{id}/memberOf',
      `/users/${subjects.entraUserId}/memberOf?$top=3`,
    ),
    graph('/groups', `/groups?$top=${ROWS}`),
    graph('/groups/{id}', `/groups/${subjects.entraGroupId}`),
    graph(
      '/groups by name',
      `/groups?${filter("displayName eq 'AWS-Prod-Admins'")}`,
    ),
    graph(
      '/groups/{id}/members',
      `/groups/${subjects.entraGroupId}/members?$top=${ROWS}`,
    ),
    graph(
      '/…/appRoleAssignedTo',
      `/servicePrincipals/${ENTERPRISE_APPLICATION}/appRoleAssignedTo?$top=${ROWS}`,
    ),
  ];
}

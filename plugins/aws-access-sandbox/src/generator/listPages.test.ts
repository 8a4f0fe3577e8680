import { createIdentityStoreService } from '../aws/identitystore/createIdentityStoreService';
import { createOrganizationsService } from '../aws/organizations/createOrganizationsService';
import { createSsoAdminService } from '../aws/ssoadmin/createSsoAdminService';
import { exampleClouds } from '../seed';
import { DEFAULT_LIMITS } from '../server/SandboxLimits';
import { type RunningSandbox, startSandbox } from '../server/startSandbox';
import type { SqlValue } from '../store/SandboxStore';
import { wideLimits } from '../testing/awsClients';
import { growingSteps } from './__testUtils__/growingSteps';

type Parameters = SqlValue[] | Record<string, SqlValue>;

const { aws, credentials, entra } = exampleClouds;
const InstanceArn = aws.instanceArn;
const IdentityStoreId = aws.identityStoreId;

describe('list pages of a generated organization', () => {
  let sandbox: RunningSandbox;
  const asked = new Map<string, Parameters>();

  beforeAll(async () => {
    sandbox = await startSandbox({ seed: 'small', limits: wideLimits });
    const { store } = sandbox;
    store.setMeta('graph.limits', '{"resourceUnitsPer10Seconds":1000000}');
    const { all, get } = store;
    jest.spyOn(store, 'all').mockImplementation((sql, parameters = []) => {
      asked.set(sql, parameters);
      return all.call(store, sql, parameters) as never;
    });
    jest.spyOn(store, 'get').mockImplementation((sql, parameters = []) => {
      asked.set(sql, parameters);
      return get.call(store, sql, parameters) as never;
    });
  });

  afterAll(() => sandbox.stop());

  const one = (sql: string) =>
    String(Object.values(sandbox.store.get(sql)!)[0]);

  /** The queries since the last look that would cost more in a larger organization. */
  function growingQueries() {
    const queries = [...asked];
    return queries
      .map(([sql, parameters]) => ({
        sql,
        steps: growingSteps(
          sql,
          sandbox.store
            .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, parameters)
            .map(({ detail }) => detail),
        ),
      }))
      .filter(({ steps }) => steps.length > 0);
  }

  async function askAws(
    service: string,
    target: string,
    input: Record<string, unknown>,
  ) {
    const response = await fetch(sandbox.url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-amz-json-1.1',
        'X-Amz-Target': target,
        Authorization: `AWS4-HMAC-SHA256 Credential=${credentials.awsAccessKeys[0].accessKeyId}/20260101/eu-central-1/${service}/aws4_request, SignedHeaders=host, Signature=any`,
      },
      body: JSON.stringify(input),
    });
    const output = await response.json();
    expect({ output, status: response.status }).toMatchObject({ status: 200 });
    return output;
  }

  const statuses = [
    undefined,
    'LATEST_PERMISSION_SET_PROVISIONED',
    'LATEST_PERMISSION_SET_NOT_PROVISIONED',
  ];
  const operations = [
    { InstanceArn },
    { InstanceArn, Filter: { Status: 'FAILED' } },
  ];
  const last = (table: string, column: string) =>
    one(`SELECT ${column} FROM ${table} ORDER BY seq DESC LIMIT 1`);
  const account = () => last('aws_provisioned_permission_sets', 'account_id');
  const permissionSet = () =>
    last('aws_provisioned_permission_sets', 'permission_set_arn');
  const parent = () => last('aws_accounts', 'parent_id');
  const group = () => last('identity_store_memberships', 'group_id');
  const user = () => last('identity_store_memberships', 'user_id');

  const inputs: Record<string, () => object[]> = {
    ListAccounts: () => [{ MaxResults: 5 }],
    ListRoots: () => [{}],
    ListDelegatedAdministrators: () => [
      {},
      { ServicePrincipal: 'sso.amazonaws.com' },
    ],
    ListDelegatedServicesForAccount: () => [
      { AccountId: aws.delegatedAdministratorAccountId },
    ],
    ListAccountsForParent: () => [{ ParentId: parent(), MaxResults: 2 }],
    ListOrganizationalUnitsForParent: () => [
      { ParentId: aws.rootId, MaxResults: 2 },
    ],
    ListChildren: () => [
      { ParentId: parent(), ChildType: 'ACCOUNT', MaxResults: 2 },
      { ParentId: aws.rootId, ChildType: 'ORGANIZATIONAL_UNIT' },
    ],
    ListParents: () => [{ ChildId: account() }],
    ListInstances: () => [{}],
    ListRegions: () => [{ InstanceArn }],
    ListPermissionSets: () => [{ InstanceArn, MaxResults: 5 }],
    ListAccountAssignments: () => [
      {
        InstanceArn,
        PermissionSetArn: permissionSet(),
        AccountId: account(),
        MaxResults: 1,
      },
    ],
    ListAccountAssignmentsForPrincipal: () =>
      ['GROUP', 'USER'].flatMap(PrincipalType => {
        const PrincipalId = PrincipalType === 'USER' ? user() : group();
        return [undefined, { AccountId: account() }].map(Filter => ({
          InstanceArn,
          PrincipalType,
          PrincipalId,
          Filter,
          MaxResults: 1,
        }));
      }),
    ListPermissionSetsProvisionedToAccount: () =>
      statuses.map(ProvisioningStatus => ({
        InstanceArn,
        AccountId: account(),
        ProvisioningStatus,
        MaxResults: 1,
      })),
    ListAccountsForProvisionedPermissionSet: () =>
      statuses.map(ProvisioningStatus => ({
        InstanceArn,
        PermissionSetArn: permissionSet(),
        ProvisioningStatus,
        MaxResults: 1,
      })),
    ListManagedPoliciesInPermissionSet: () => [
      { InstanceArn, PermissionSetArn: permissionSet() },
    ],
    ListCustomerManagedPolicyReferencesInPermissionSet: () => [
      { InstanceArn, PermissionSetArn: permissionSet() },
    ],
    ListAccountAssignmentCreationStatus: () => operations,
    ListAccountAssignmentDeletionStatus: () => operations,
    ListPermissionSetProvisioningStatus: () => operations,
    ListUsers: () => [
      { IdentityStoreId, MaxResults: 5 },
      {
        IdentityStoreId,
        Filters: [{ AttributePath: 'UserName', AttributeValue: 'nobody' }],
      },
    ],
    ListGroups: () => [
      { IdentityStoreId, MaxResults: 5 },
      {
        IdentityStoreId,
        Filters: [{ AttributePath: 'DisplayName', AttributeValue: 'none' }],
      },
    ],
    ListGroupMemberships: () => [
      { IdentityStoreId, GroupId: group(), MaxResults: 1 },
    ],
    ListGroupMembershipsForMember: () => [
      { IdentityStoreId, MemberId: { UserId: user() }, MaxResults: 1 },
    ],
    'sso/ListTagsForResource': () => [
      { InstanceArn, ResourceArn: permissionSet() },
    ],
    'organizations/ListTagsForResource': () => [{ ResourceId: account() }],
  };

  const limits = () => DEFAULT_LIMITS;
  const context = () => ({ clock: { now: () => 0 } } as never);
  const listOperations = [
    createSsoAdminService(context(), limits),
    createIdentityStoreService(context(), limits),
    createOrganizationsService(context(), limits),
  ].flatMap(({ signingName, targetPrefix, operations: all }) =>
    [...all.keys()]
      .filter(name => name.startsWith('List'))
      .map(name => [signingName, name, `${targetPrefix}.${name}`] as const),
  );

  it.each(listOperations)(
    'cost the same at every size: %s %s',
    async (service, name, target) => {
      const pages = (inputs[name] ?? inputs[`${service}/${name}`])();
      asked.clear();
      for (const input of pages) {
        const { NextToken } = await askAws(service, target, { ...input });
        if (NextToken) {
          await askAws(service, target, { ...input, NextToken });
        }
      }
      expect(growingQueries()).toEqual([]);
    },
  );

  const person = () =>
    one(
      `SELECT external_id FROM identity_store_users WHERE user_id = '${user()}'`,
    );
  const team = () => last('entra_group_members', 'group_id');
  const equal = (property: string) => `?$filter=${property} eq 'none'`;

  it.each<[string, () => string]>([
    ['/users', () => '?$top=5'],
    ['/users by userPrincipalName', () => equal('userPrincipalName')],
    ['/users by mail', () => equal('mail')],
    ['/users by displayName', () => equal('displayName')],
    ['/users by id', () => equal('id')],
    ['/users in order', () => '?$top=5&$orderby=displayName'],
    ['/users/{person}', () => ''],
    ['/users/{person}/memberOf', () => '?$top=1'],
    ['/users/{person}/appRoleAssignments', () => '?$top=1'],
    ['/groups', () => '?$top=5'],
    ['/groups by displayName', () => equal('displayName')],
    ['/groups by mailNickname', () => equal('mailNickname')],
    ['/groups by uniqueName', () => equal('uniqueName')],
    ['/groups in order', () => '?$top=5&$orderby=displayName'],
    ['/groups/{team}', () => ''],
    ['/groups/{team}/members', () => '?$top=5'],
    ['/groups/{team}/owners', () => '?$top=1'],
    ['/groups/{team}/memberOf', () => '?$top=1'],
    ['/groups/{team}/appRoleAssignments', () => '?$top=1'],
    ['/servicePrincipals/{app}/appRoleAssignedTo', () => '?$top=5'],
    ['/servicePrincipals/{app}/synchronization/jobs', () => ''],
  ])('cost the same at every size: GET %s', async (title, query) => {
    const path = title
      .split(' ')[0]
      .replace('{person}', person())
      .replace('{team}', team())
      .replace('{app}', entra.enterpriseApplication.servicePrincipalId);
    asked.clear();
    let next: string | undefined = `${sandbox.url}/v1.0${path}${query()}`;
    for (let page = 0; next && page < 2; page += 1) {
      const response: Response = await fetch(next, {
        headers: { Authorization: `Bearer ${credentials.portalToken}` },
      });
      const body = await response.json();
      expect({ body, status: response.status }).toMatchObject({ status: 200 });
      next = body['@odata.nextLink'];
    }
    expect(growingQueries()).toEqual([]);
  });
});

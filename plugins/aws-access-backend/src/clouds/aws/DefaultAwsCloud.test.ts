import {
  exampleClouds,
  RunningSandbox,
  startSandbox,
} from 'backstage-plugin-aws-access-sandbox';
import { awsAccessConfigSchema } from '../../config/AwsAccessConfig';
import { sandboxConfig } from '../../testing/sandboxConfig';
import {
  AccountAssignment,
  PermissionSetDocument,
  PermissionSetEdit,
} from '../AwsCloud';
import {
  createAccountAssignmentWrite,
  createPermissionSetWrite,
  deleteAccountAssignmentWrite,
  deletePermissionSetWrite,
  editPermissionSetWrite,
  provisionPermissionSetWrite,
} from '../awsWrites';
import { CloudWrite } from '../CloudWriteGate';
import { DefaultCloudsProvider } from '../DefaultCloudsProvider';

// Some tests take the time that a rate of calls makes them take.
jest.setTimeout(30_000);

const claim = { organizationId: 'parcel', intentId: 'intent-1', epoch: 1 };

async function all<Item>(pages: AsyncIterable<Item[]>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}

describe('DefaultAwsCloud on the sandbox', () => {
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({
      operationDelayMs: 1000,
      limits: {
        ssoAdminRequestsPerSecond: 10_000,
        identityStoreRequestsPerSecond: 10_000,
      },
    });
  });
  afterAll(() => sandbox.stop());

  function provider(changes: Parameters<typeof sandboxConfig>[1] = {}) {
    return new DefaultCloudsProvider({
      config: awsAccessConfigSchema.parse(sandboxConfig(sandbox.url, changes)),
      verifier: { verify: async () => {} },
    });
  }
  const clouds = () => provider().forOrganization('parcel');

  it('finds the instance and its organization', async () => {
    expect(await clouds().aws.describeInstance()).toEqual({
      instanceArn: exampleClouds.aws.instanceArn,
      identityStoreId: exampleClouds.aws.identityStoreId,
      managementAccountId: exampleClouds.aws.managementAccountId,
      permissionSetsEnabled: true,
    });
  });

  it('reads accounts with their place in the organization and their tags', async () => {
    const { aws } = clouds();
    const accounts = await all(aws.listAccounts());
    expect(accounts).toHaveLength(14);
    expect(accounts).toContainEqual({
      accountId: '111122223333',
      name: 'payments-prod',
      email: expect.stringContaining('@parcel.example'),
      state: 'ACTIVE',
      joinedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    // As well by AWS's own paths as by walking up from the account.
    for (const reader of [aws, clouds().aws]) {
      const path = await reader.getOuPath('111122223333');
      expect(path.map(({ name }) => name)).toEqual(['Workloads', 'Production']);
    }
    expect(await aws.listAccountTags('111122223333')).toEqual(
      expect.objectContaining({
        environment: 'prod',
        owner: 'user:default/petra',
      }),
    );
    expect(await aws.describeAccount('111122223333')).toMatchObject({
      name: 'payments-prod',
    });
    await expect(aws.describeAccount('000000000000')).rejects.toMatchObject({
      kind: 'notFound',
      operation: 'organizations:DescribeAccount',
    });
  });

  it('reads permission sets whole, and who has them where', async () => {
    const { aws } = clouds();
    const arns = await all(aws.listPermissionSetArns());
    expect(arns).toHaveLength(12);
    const documents = await Promise.all(
      arns.map(arn => aws.describePermissionSet(arn)),
    );
    const readOnly = documents.find(({ name }) => name === 'ReadOnly');
    expect(readOnly).toMatchObject({
      sessionDuration: expect.stringMatching(/^PT/),
      managedPolicies: [
        {
          arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
          name: 'ReadOnlyAccess',
        },
      ],
      permissionsBoundary: null,
    });
    const arn = arns[documents.indexOf(readOnly!)];
    const accountIds = await all(aws.listAccountIdsWithPermissionSet(arn));
    expect(accountIds.length).toBeGreaterThan(0);
    const assignments = await all(aws.listAssignments(accountIds[0], arn));
    expect(assignments[0]).toMatchObject({
      accountId: accountIds[0],
      permissionSetArn: arn,
      principalType: expect.stringMatching(/^(GROUP|USER)$/),
    });
  });

  it('finds people and groups by what SCIM wrote, before and after it learned the issuer', async () => {
    const { aws } = clouds();
    const groups = await all(clouds().aws.listStoreGroups());
    const group = groups.find(({ externalId }) => externalId)!;
    // The first look-up knows no issuer and reads the list; the second asks AWS.
    for (const _ of ['list', 'lookup']) {
      expect(await aws.findStoreGroupByExternalId(group.externalId!)).toEqual(
        group,
      );
    }
    expect(
      await aws.findStoreGroupByExternalId(
        '00000000-0000-0000-0000-000000000000',
      ),
    ).toBeUndefined();
    const [user] = await all(aws.listStoreUsers());
    expect(await aws.findStoreUserByExternalId(user.externalId!)).toEqual(user);
    expect(await all(aws.listStoreMembers(group.groupId))).not.toContainEqual(
      '',
    );
  });

  it('creates and deletes an assignment, and follows both operations', async () => {
    const { aws, gate } = clouds();
    const [arn] = await all(aws.listPermissionSetArns());
    const groups = await all(aws.listStoreGroups());
    const assignment: AccountAssignment = {
      accountId: '999900001111',
      permissionSetArn: arn,
      principalType: 'GROUP',
      principalId: groups[0].groupId,
    };
    const seal = (write: { operation: string; input: unknown }) => () =>
      gate.authorize(claim, write);

    const created = await aws.createAccountAssignment(
      seal(createAccountAssignmentWrite(assignment)),
      assignment,
    );
    expect(created.status).toBe('IN_PROGRESS');
    expect(await aws.listRunningAssignmentOperations('create')).toEqual([
      created,
    ]);
    sandbox.clock.advance(2000);
    expect(
      await aws.getAssignmentOperation('create', created.requestId),
    ).toEqual({ ...created, status: 'SUCCEEDED' });
    expect(
      await all(aws.listAssignments(assignment.accountId, arn)),
    ).toContainEqual(assignment);

    sandbox.clock.advance(60_000);
    const deleted = await aws.deleteAccountAssignment(
      seal(deleteAccountAssignmentWrite(assignment)),
      assignment,
    );
    sandbox.clock.advance(2000);
    expect(
      await aws.getAssignmentOperation('delete', deleted.requestId),
    ).toMatchObject({ status: 'SUCCEEDED' });
    expect(
      await all(aws.listAssignments(assignment.accountId, arn)),
    ).not.toContainEqual(assignment);
    expect(
      await aws.getAssignmentOperation(
        'create',
        '00000000-0000-4000-8000-000000000000',
      ),
    ).toBeUndefined();
  });

  it('carries a permission set through its whole life', async () => {
    const { aws, gate } = clouds();
    const seal = (write: CloudWrite) => () => gate.authorize(claim, write);
    const document: PermissionSetDocument = {
      name: 'TestReader',
      description: 'Reads for a test',
      sessionDuration: 'PT2H',
      relayState: 'https://console.aws.amazon.com/s3',
      managedPolicies: [],
      customerManagedPolicies: [],
      inlinePolicy: null,
      permissionsBoundary: null,
      tags: { team: 'payments', cost: '42' },
    };
    const marks = { installation: 'installation-1', stepId: 'step-1' };
    const create = async () =>
      aws.createPermissionSet(
        seal(createPermissionSetWrite(document, marks)),
        document,
        marks,
      );
    const arn = await create();
    expect(await aws.describePermissionSet(arn)).toEqual(document);
    expect(await aws.getPermissionSetMarks(arn)).toEqual(marks);
    // A second one of the name: somebody else's, or ours after a lost answer.
    await expect(create()).rejects.toMatchObject({
      kind: 'retryLater',
      code: 'ConflictException',
    });

    const edit = async (change: PermissionSetEdit) =>
      aws.editPermissionSet(
        seal(editPermissionSetWrite(arn, change)),
        arn,
        change,
      );
    const inlinePolicy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
    });
    const viewOnly = 'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess';
    const boundary = {
      customerManagedPolicy: { name: 'limit', path: '/teams/' },
    };
    await edit({ kind: 'attachManagedPolicy', arn: viewOnly });
    await edit({
      kind: 'attachCustomerManagedPolicy',
      name: 'deploy',
      path: '/',
    });
    await edit({ kind: 'putInlinePolicy', policy: inlinePolicy });
    await edit({ kind: 'putPermissionsBoundary', boundary });
    await edit({ kind: 'tag', tags: { team: 'data' } });
    await edit({ kind: 'untag', keys: ['cost'] });
    expect(await aws.describePermissionSet(arn)).toEqual({
      ...document,
      managedPolicies: [{ arn: viewOnly, name: 'ViewOnlyAccess' }],
      customerManagedPolicies: [{ name: 'deploy', path: '/' }],
      inlinePolicy,
      permissionsBoundary: boundary,
      tags: { team: 'data' },
    });
    await edit({
      kind: 'putPermissionsBoundary',
      boundary: { managedPolicyArn: viewOnly },
    });
    expect(await aws.describePermissionSet(arn)).toMatchObject({
      permissionsBoundary: { managedPolicyArn: viewOnly },
    });
    // Each twice, as after a lost answer: what is not there is taken off already.
    for (const _ of ['first', 'again']) {
      await edit({ kind: 'detachManagedPolicy', arn: viewOnly });
      await edit({
        kind: 'detachCustomerManagedPolicy',
        name: 'deploy',
        path: '/',
      });
      await edit({ kind: 'deleteInlinePolicy' });
      await edit({ kind: 'deletePermissionsBoundary' });
    }
    await edit({
      kind: 'attributes',
      description: null,
      sessionDuration: 'PT1H',
      relayState: null,
    });
    expect(await aws.describePermissionSet(arn)).toEqual({
      ...document,
      description: null,
      sessionDuration: 'PT1H',
      relayState: null,
      tags: { team: 'data' },
    });
    expect(await aws.getPermissionSetMarks(arn)).toEqual(marks);

    await aws.deletePermissionSet(seal(deletePermissionSetWrite(arn)), arn);
    await expect(aws.describePermissionSet(arn)).rejects.toMatchObject({
      kind: 'notFound',
    });
  });

  it('brings a change to every account that has the permission set, and follows it', async () => {
    const { aws, gate } = clouds();
    const arns = await all(aws.listPermissionSetArns());
    const documents = await Promise.all(
      arns.map(arn => aws.describePermissionSet(arn)),
    );
    const arn = arns[documents.findIndex(({ name }) => name === 'ReadOnly')];
    expect(await aws.getPermissionSetMarks(arn)).toBeNull();
    expect(await all(aws.listAccountIdsOutOfDate(arn))).toEqual([]);
    const edit: PermissionSetEdit = {
      kind: 'attachManagedPolicy',
      arn: 'arn:aws:iam::aws:policy/SecurityAudit',
    };
    await aws.editPermissionSet(
      () => gate.authorize(claim, editPermissionSetWrite(arn, edit)),
      arn,
      edit,
    );
    const having = await all(aws.listAccountIdsWithPermissionSet(arn));
    expect(await all(aws.listAccountIdsOutOfDate(arn))).toEqual(having);
    const started = await aws.provisionPermissionSet(
      () => gate.authorize(claim, provisionPermissionSetWrite(arn)),
      arn,
    );
    expect(started).toMatchObject({ status: 'IN_PROGRESS' });
    sandbox.clock.advance(60_000);
    expect(
      await aws.getAssignmentOperation('provision', started.requestId),
    ).toEqual({ ...started, status: 'SUCCEEDED' });
    expect(await all(aws.listAccountIdsOutOfDate(arn))).toEqual([]);
    // The ids of the three kinds are not interchangeable.
    expect(
      await aws.getAssignmentOperation('create', started.requestId),
    ).toBeUndefined();
  });

  it('lists what a group or a user has itself, from the management account only', async () => {
    const { aws } = clouds();
    const direct = sandbox.store.all<{ type: string; id: string }>(
      `SELECT DISTINCT principal_type AS type, principal_id AS id
       FROM aws_account_assignments`,
    );
    const [group] = direct.filter(({ type }) => type === 'GROUP');
    const [member] = sandbox.store.all<{ id: string }>(
      'SELECT user_id AS id FROM identity_store_memberships WHERE group_id = ?',
      [group.id],
    );
    const found = await all(aws.listAssignmentsOfPrincipal('GROUP', group.id));
    const { count } = sandbox.store.get<{ count: number }>(
      'SELECT count(*) AS count FROM aws_account_assignments WHERE principal_id = ?',
      [group.id],
    )!;
    expect(found).toHaveLength(count);
    expect(new Set(found.map(({ principalId }) => principalId))).toEqual(
      new Set([group.id]),
    );
    const ofMember = await all(
      aws.listAssignmentsOfPrincipal('USER', member.id),
    );
    for (const { principalId } of ofMember) expect(principalId).toBe(member.id);

    const delegated = provider({
      aws: {
        region: 'eu-central-1',
        endpoint: sandbox.url,
        credentials: {
          type: 'accessKey',
          accessKeyId: exampleClouds.credentials.awsAccessKeys[1].accessKeyId,
          secretAccessKey: 'x',
        },
      },
    }).forOrganization('parcel').aws;
    await expect(
      all(delegated.listAssignmentsOfPrincipal('GROUP', group.id)),
    ).rejects.toMatchObject({
      kind: 'permanent',
      code: 'AccessDeniedException',
    });
  });

  it('knows the delegated administrators, or that it may not know', async () => {
    const { aws } = clouds();
    expect(await aws.listDelegatedAdministratorIds()).toEqual(['100000000003']);
    sandbox.weather.set({
      rules: [
        {
          match: { operation: 'ListDelegatedAdministrators' },
          fault: { type: 'missingPermission' },
        },
      ],
    });
    expect(await aws.listDelegatedAdministratorIds()).toBeUndefined();
    sandbox.weather.set({});
  });

  it('comes in through a role, where the configuration names one', async () => {
    const [{ accessKeyId }] = exampleClouds.credentials.awsAccessKeys;
    const former = { ...process.env };
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: 'sandbox',
    });
    try {
      const { aws } = provider({
        aws: {
          region: 'eu-central-1',
          endpoint: sandbox.url,
          credentials: {
            type: 'assumeRole',
            roleArn: `arn:aws:iam::${exampleClouds.aws.managementAccountId}:role/backstage`,
          },
        },
      }).forOrganization('parcel');
      expect(await aws.describeInstance()).toMatchObject({
        instanceArn: exampleClouds.aws.instanceArn,
      });
    } finally {
      process.env = former;
    }
  });

  it('says in plain words that its credentials are unknown or that nobody answers', async () => {
    const stranger = provider({
      aws: {
        region: 'eu-central-1',
        endpoint: sandbox.url,
        credentials: {
          type: 'accessKey',
          accessKeyId: 'AKIASTRANGER00000001',
          secretAccessKey: 'x',
        },
      },
    }).forOrganization('parcel');
    await expect(stranger.aws.describeInstance()).rejects.toMatchObject({
      kind: 'credentials',
      message: 'AWS does not know the credentials of this product',
    });
  });
});

describe('DefaultAwsCloud under the rate of AWS', () => {
  it('loses no read to throttling when it asks faster than AWS answers', async () => {
    const sandbox = await startSandbox({
      limits: { ssoAdminRequestsPerSecond: 60 },
    });
    try {
      const { aws } = new DefaultCloudsProvider({
        config: awsAccessConfigSchema.parse(
          sandboxConfig(sandbox.url, { limits: { requestsPerSecond: 55 } }),
        ),
        verifier: { verify: async () => {} },
      }).forOrganization('parcel');
      const arns = await all(aws.listPermissionSetArns());
      const documents = await Promise.all(
        [...arns, ...arns].map(arn => aws.describePermissionSet(arn)),
      );
      expect(documents).toHaveLength(24);
    } finally {
      await sandbox.stop();
    }
  });

  it('loses no read to a cloud that takes less than it was said to, and counts what was refused', async () => {
    const narrow = await startSandbox({
      limits: { organizationsRequestsPerSecond: 4 },
    });
    try {
      const onThrottled = jest.fn();
      const provider = new DefaultCloudsProvider({
        config: awsAccessConfigSchema.parse(sandboxConfig(narrow.url)),
        verifier: { verify: async () => {} },
        onThrottled,
      });
      const { aws } = provider.forOrganization('parcel');
      const names = await Promise.all(
        Array.from({ length: 12 }, async () => {
          const { name } = await aws.describeAccount('111122223333');
          return name;
        }),
      );
      expect(new Set(names)).toEqual(new Set(['payments-prod']));
      expect(onThrottled).toHaveBeenCalledWith({
        organizationId: 'parcel',
        service: 'organizations',
      });
      const { services } = provider.throttlingOf('parcel');
      const refused = (name: string) =>
        services.find(({ service }) => service === name)?.refusedInLastHour;
      expect(refused('organizations')).toBe(onThrottled.mock.calls.length);
      expect(refused('graph')).toBe(0);
    } finally {
      await narrow.stop();
    }
  });
});

import {
  exampleClouds,
  RunningSandbox,
  startSandbox,
} from 'backstage-plugin-aws-access-sandbox';
import { awsAccessConfigSchema } from '../../config/AwsAccessConfig';
import { sandboxConfig } from '../../testing/sandboxConfig';
import { AccountAssignment } from '../AwsCloud';
import {
  createAccountAssignmentWrite,
  deleteAccountAssignmentWrite,
} from '../awsWrites';
import { DefaultCloudsProvider } from '../DefaultCloudsProvider';

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
    const seal = async (write: { operation: string; input: unknown }) =>
      gate.authorize(claim, write);

    const created = await aws.createAccountAssignment(
      await seal(createAccountAssignmentWrite(assignment)),
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
      await seal(deleteAccountAssignmentWrite(assignment)),
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
      kind: 'permanent',
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
});

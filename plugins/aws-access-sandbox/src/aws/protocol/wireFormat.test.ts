import { createCloudTrailService } from '../cloudtrail/createCloudTrailService';
import { createIdentityStoreService } from '../identitystore/createIdentityStoreService';
import { createOrganizationsService } from '../organizations/createOrganizationsService';
import { createSsoAdminService } from '../ssoadmin/createSsoAdminService';
import { exampleClouds, examplePermissionSets } from '../../seed';
import { type RunningSandbox, startSandbox } from '../../server/startSandbox';
import { wideLimits } from '../../testing/awsClients';

const { aws, credentials } = exampleClouds;
const [portal] = credentials.awsAccessKeys;
const InstanceArn = aws.instanceArn;
const [set] = examplePermissionSets;

const SERVICES: Record<string, [signingName: string, prefix: string]> = {
  sso: ['sso', 'SWBExternalService'],
  store: ['identitystore', 'AWSIdentityStore'],
  organizations: ['organizations', 'AWSOrganizationsV20161128'],
  // The AWS CLI writes the whole prefix, the JavaScript SDK its last part.
  trail: [
    'cloudtrail',
    'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101',
  ],
};

describe('the wire of the AWS services', () => {
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({ limits: wideLimits });
  });

  afterAll(() => sandbox.stop());

  const call = async (
    service: keyof typeof SERVICES,
    operation: string,
    body: unknown,
    headers: Record<string, string> = {},
  ) => {
    const [signingName, prefix] = SERVICES[service];
    const response = await fetch(sandbox.url, {
      method: 'POST',
      headers: {
        'X-Amz-Target': `${prefix}.${operation}`,
        'Content-Type': 'application/x-amz-json-1.1',
        Authorization: `AWS4-HMAC-SHA256 Credential=${portal.accessKeyId}/20261124/${aws.region}/${signingName}/aws4_request, SignedHeaders=host, Signature=0`,
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: JSON.parse(text),
    };
  };

  it("behaviour 1: JSON 1.1, request ids, `__type` errors with the model's status", async () => {
    const answers = [
      await call('sso', 'ListInstances', {}),
      await call('organizations', 'DescribeAccount', {
        AccountId: '999999999999',
      }),
      await call('trail', 'LookupEvents', { MaxResults: 51 }),
      await call('sso', 'NoSuchOperation', {}),
      await call('sso', 'ListInstances', '[]'),
      await call('sso', 'ListInstances', {}, { Authorization: '' }),
      await call('sso', 'ListInstances', {}, { Authorization: 'Basic abc' }),
    ];
    expect(answers.map(({ status, json }) => [status, json.__type])).toEqual([
      [200, undefined],
      [400, 'AccountNotFoundException'],
      [400, 'InvalidMaxResultsException'],
      [404, 'UnknownOperationException'],
      [400, 'SerializationException'],
      [400, 'MissingAuthenticationToken'],
      [400, 'IncompleteSignature'],
    ]);
    for (const { headers } of answers) {
      expect(headers.get('content-type')).toBe('application/x-amz-json-1.1');
      expect(headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    }
    const ids = answers.map(({ headers }) => headers.get('x-amzn-requestid'));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('behaviour 2: epoch-second timestamps, absent members never null', async () => {
    const described = await call('sso', 'DescribePermissionSet', {
      InstanceArn,
      PermissionSetArn: set.arn,
    });
    const { CreatedDate } = described.json.PermissionSet;
    expect(typeof CreatedDate).toBe('number');
    expect(CreatedDate).toBeGreaterThan(1e9);
    expect(CreatedDate).toBeLessThan(1e11);
    const everything = [
      described,
      await call('sso', 'ListInstances', {}),
      await call('sso', 'DescribeInstance', { InstanceArn }),
      await call('store', 'ListUsers', {
        IdentityStoreId: aws.identityStoreId,
      }),
      await call('store', 'ListGroups', {
        IdentityStoreId: aws.identityStoreId,
      }),
      await call('organizations', 'ListAccounts', {}),
      await call('trail', 'LookupEvents', {}),
    ];
    for (const { status, text } of everything) {
      expect(status).toBe(200);
      expect(text).not.toMatch(/:null[,}]/);
    }
  });

  it('behaviour 3: exact ARN and id patterns', async () => {
    const created = await call('sso', 'CreatePermissionSet', {
      InstanceArn,
      Name: 'Patterns',
    });
    expect(created.json.PermissionSet.PermissionSetArn).toMatch(
      /^arn:aws:sso:::permissionSet\/ssoins-[0-9a-f]{16}\/ps-[0-9a-f]{16}$/,
    );
    const group = await call('store', 'CreateGroup', {
      IdentityStoreId: aws.identityStoreId,
      DisplayName: 'Patterns',
    });
    expect(group.json.GroupId).toMatch(
      /^99670e1a2b-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    );
    const operation = await call('sso', 'CreateAccountAssignment', {
      InstanceArn,
      PermissionSetArn: set.arn,
      TargetId: '999900001111',
      TargetType: 'AWS_ACCOUNT',
      PrincipalType: 'GROUP',
      PrincipalId: group.json.GroupId,
    });
    expect(operation.json.AccountAssignmentCreationStatus.RequestId).toMatch(
      /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    );
    const accounts = await call('organizations', 'ListAccounts', {});
    for (const { Id, Arn } of accounts.json.Accounts) {
      expect(Id).toMatch(/^\d{12}$/);
      expect(Arn).toMatch(
        /^arn:aws:organizations::\d{12}:account\/o-[a-z0-9]{10,32}\/\d{12}$/,
      );
    }
    // What does not look like an ARN is refused as such, what looks like one is looked for.
    const ask = (PermissionSetArn: string) =>
      call('sso', 'DescribePermissionSet', { InstanceArn, PermissionSetArn });
    await expect(ask(`${set.arn}0`)).resolves.toMatchObject({
      json: { __type: 'ValidationException' },
    });
    await expect(
      ask(`${set.arn.slice(0, -1)}${set.arn.endsWith('0') ? '1' : '0'}`),
    ).resolves.toMatchObject({ json: { __type: 'ResourceNotFoundException' } });
  });

  it("behaviour 4: the model's min/max/pattern -> ValidationException", async () => {
    const refused: [Parameters<typeof call>, string][] = [
      [['sso', 'ListPermissionSets', {}], "at 'instanceArn'"],
      [
        ['sso', 'ListPermissionSets', { InstanceArn, MaxResults: 101 }],
        'less than or equal to 100',
      ],
      [
        ['sso', 'CreatePermissionSet', { InstanceArn, Name: 'x'.repeat(33) }],
        'length less than or equal to 32',
      ],
      [
        ['sso', 'CreatePermissionSet', { InstanceArn, Name: 'a b' }],
        'regular expression pattern',
      ],
      [
        [
          'sso',
          'TagResource',
          {
            InstanceArn,
            ResourceArn: set.arn,
            Tags: [{ Key: '', Value: 'a' }],
          },
        ],
        "at 'tags.1.member.key'",
      ],
      [
        [
          'store',
          'IsMemberInGroups',
          {
            IdentityStoreId: aws.identityStoreId,
            MemberId: {},
            GroupIds: [],
          },
        ],
        '2 validation errors detected',
      ],
    ];
    for (const [request, words] of refused) {
      await expect(call(...request)).resolves.toMatchObject({
        status: 400,
        json: {
          __type: 'ValidationException',
          Message: expect.stringContaining(words),
        },
      });
    }
    await expect(
      call('organizations', 'ListAccounts', { MaxResults: 21 }),
    ).resolves.toMatchObject({
      json: { __type: 'InvalidInputException', Reason: 'MAX_VALUE_EXCEEDED' },
    });
  });

  it('answers only with errors that the operation declares', async () => {
    const unknown = 'arn:aws:sso:::instance/ssoins-0000000000000000';
    const codeOf = async (operation: string, more: object = {}) =>
      (await call('sso', operation, { InstanceArn: unknown, ...more })).json
        .__type;
    // These do not know ResourceNotFoundException, so they must not tell whether an instance exists.
    const silent: [string, object?][] = [
      ['DescribeInstance'],
      ['ListRegions'],
      ['AddRegion', { RegionName: 'eu-west-1' }],
    ];
    for (const [operation, more] of silent) {
      await expect(codeOf(operation, more)).resolves.toBe(
        'AccessDeniedException',
      );
    }
    const telling: [string, object?][] = [
      ['ListPermissionSets'],
      ['UpdateInstance'],
      ['DescribeRegion', { RegionName: 'eu-west-1' }],
      ['DescribeInstanceAccessControlAttributeConfiguration'],
      ['ListAccountAssignmentCreationStatus'],
    ];
    for (const [operation, more] of telling) {
      await expect(codeOf(operation, more)).resolves.toBe(
        'ResourceNotFoundException',
      );
    }
    await expect(
      call('store', 'ListUsers', { IdentityStoreId: 'd-0000000000' }),
    ).resolves.toMatchObject({
      json: {
        __type: 'ResourceNotFoundException',
        ResourceType: 'IDENTITY_STORE',
      },
    });
  });

  it('refuses an empty request where anything is required', async () => {
    const limits = () => sandbox.weather.limits();
    const services = {
      sso: createSsoAdminService(sandbox, limits),
      store: createIdentityStoreService(sandbox, limits),
      organizations: createOrganizationsService(sandbox, limits),
      trail: createCloudTrailService(sandbox, limits),
    };
    const outcomes: Record<string, string[]> = {};
    for (const [name, { operations }] of Object.entries(services)) {
      for (const operation of operations.keys()) {
        const { json } = await call(name, operation, {});
        const outcome = json.__type ?? 'taken';
        outcomes[outcome] = [...(outcomes[outcome] ?? []), operation];
      }
    }
    expect(outcomes).toEqual({
      taken: [
        'ListInstances',
        'DescribeOrganization',
        'ListAccounts',
        'ListDelegatedAdministrators',
        'ListRoots',
        'LookupEvents',
      ],
      ValidationException: expect.any(Array),
      InvalidInputException: expect.any(Array),
    });
  });
});

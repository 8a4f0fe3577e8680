import { accessLevelOf } from './accessLevelOf';

const aws = (path: string) => ({
  arn: `arn:aws:iam::aws:policy/${path}`,
  name: path.split('/').pop()!,
});

const inline = (...statements: object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

const deny = (action: unknown, parts: object = {}) => ({
  Effect: 'Deny',
  Action: action,
  Resource: '*',
  ...parts,
});

const allow = (action: unknown, resource: unknown = '*') => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
});

function classify(parts: {
  managed?: string[];
  customer?: string[];
  inline?: string;
  boundary?: string;
}) {
  return accessLevelOf({
    managedPolicies: (parts.managed ?? []).map(aws),
    customerManagedPolicies: (parts.customer ?? []).map(name => ({
      name,
      path: '/',
    })),
    inlinePolicy: parts.inline ?? null,
    permissionsBoundary: parts.boundary
      ? { managedPolicyArn: aws(parts.boundary).arn }
      : null,
  });
}

describe('accessLevelOf', () => {
  it.each([
    ['admin', { managed: ['ReadOnlyAccess', 'AdministratorAccess'] }],
    ['admin', { managed: ['AdministratorAccess'], customer: ['Extra'] }],
    ['admin', { managed: ['IAMFullAccess'] }],
    ['admin', { inline: inline(allow('*')) }],
    ['admin', { inline: inline(allow(['s3:GetObject', '*:*'], ['*'])) }],
    ['admin', { inline: inline({ ...allow('**'), Condition: {} }) }],
    ['admin', { inline: inline(allow('IAM:*')) }],
    ['admin', { inline: inline(allow(['s3:*', 'iam:Attach*'])) }],
    ['admin', { inline: inline(allow('i?m:PutRolePolicy')) }],
    ['write', { inline: inline(allow(['s3:*', 'iam:PassRole'])) }],
    ['power', { managed: ['PowerUserAccess'] }],
    ['read', { managed: ['job-function/ViewOnlyAccess'] }],
    ['read', { managed: ['SecurityAudit', 'AWSSecurityHubReadOnlyAccess'] }],
    ['billing', { managed: ['job-function/Billing'] }],
    ['billing', { managed: ['job-function/Billing', 'ReadOnlyAccess'] }],
    ['write', { managed: ['job-function/DatabaseAdministrator'] }],
    ['write', { managed: ['ReadOnlyAccess'], inline: inline(allow('s3:*')) }],
    ['read', { inline: inline(allow(['s3:Get*', 'ec2:Describe*'])) }],
    [
      'read',
      {
        managed: ['ReadOnlyAccess'],
        inline: inline({ ...allow('s3:*'), Effect: 'Deny' }),
      },
    ],
    ['custom', {}],
    // All but people and their rights is what AWS calls a power user.
    [
      'power',
      {
        inline: inline({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
      },
    ],
    // All but S3 still gives rights to itself.
    [
      'admin',
      { inline: inline({ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }) },
    ],
    [
      'admin',
      { inline: inline(allow('iam:PutRolePolicy', 'arn:aws:iam::*:role/*')) },
    ],
    // A denial without conditions takes away ...
    [
      'power',
      { managed: ['AdministratorAccess'], inline: inline(deny('iam:*')) },
    ],
    [
      'read',
      {
        managed: ['AdministratorAccess'],
        inline: inline({
          Effect: 'Deny',
          NotAction: ['s3:Get*', 's3:List*'],
          Resource: '*',
        }),
      },
    ],
    ['custom', { managed: ['PowerUserAccess'], inline: inline(deny('*')) }],
    // ... and one with conditions or for some resources does not.
    [
      'admin',
      {
        managed: ['AdministratorAccess'],
        inline: inline(
          deny('iam:*', {
            Condition: { Bool: { 'aws:ViaAWSService': 'true' } },
          }),
        ),
      },
    ],
    [
      'admin',
      {
        managed: ['AdministratorAccess'],
        inline: inline(deny('iam:*', { Resource: 'arn:aws:iam::*:role/x' })),
      },
    ],
    // A boundary counts where AWS documents it.
    [
      'power',
      { managed: ['AdministratorAccess'], boundary: 'PowerUserAccess' },
    ],
    ['read', { managed: ['PowerUserAccess'], boundary: 'ReadOnlyAccess' }],
    ['admin', { managed: ['AdministratorAccess'], boundary: 'SomethingOfAws' }],
    ['billing', { managed: ['AWSBillingReadOnlyAccess'] }],
    ['billing', { inline: inline(allow(['budgets:*', 's3:Get*'])) }],
    ['write', { inline: inline(allow('s3:PutObject', 'arn:aws:s3:::x/*')) }],
    ['write', { inline: inline(allow('ec2:CreateTags')) }],
    // Named like reading, and it is not: it takes what it returns.
    ['write', { inline: inline(allow('sts:GetFederationToken')) }],
  ])('knows %s of %j', (level, parts) => {
    expect(classify(parts)).toMatchObject({
      level,
      fact: { known: true, value: level },
    });
  });

  it.each([
    ['a managed policy it has not heard of', { managed: ['AmazonS3Magic'] }],
    ['a customer managed policy', { customer: ['DeployRole'] }],
    [
      'a look-alike of an AWS policy',
      { managed: ['ReadOnlyAccess'], customer: ['ReadOnlyAccess'] },
    ],
    [
      'every action on many things',
      {
        inline: inline(allow('*', 'arn:aws:s3:::*')),
      },
    ],
    [
      'the rights that it may give to some',
      {
        inline: inline(
          allow('iam:AttachRolePolicy', 'arn:aws:iam::*:role/app-*'),
        ),
      },
    ],
    ['an action that AWS does not list', { inline: inline(allow('s3:Foo')) }],
    ['a service that AWS does not list', { inline: inline(allow('foo:*')) }],
    [
      'both kinds of actions',
      { inline: inline({ ...allow('s3:*'), NotAction: 's3:*' }) },
    ],
    [
      'no resources',
      { inline: inline({ Effect: 'Allow', Action: 's3:GetObject' }) },
    ],
    [
      'hundreds of patterns of services',
      {
        inline: inline(
          allow(Array.from({ length: 300 }, (_, at) => `?${at}*:Get*`)),
        ),
      },
    ],
    [
      'hundreds of exclusions',
      {
        inline: inline(
          ...Array.from({ length: 100 }, () => ({
            Effect: 'Allow',
            NotAction: 's3:*',
            Resource: '*',
          })),
        ),
      },
    ],
    ['broken JSON', { inline: '{"Statement": [' }],
    [
      'a key twice',
      {
        inline:
          '{"Statement":{"Effect":"Deny","\\u0045ffect":"Allow","Action":"*","Resource":"*"}}',
      },
    ],
    [
      'an element that is new to us',
      {
        inline: inline({ ...allow('s3:GetObject'), Mode: 'x' }),
      },
    ],
  ])('does not pretend to know %s', (_what, parts) => {
    expect(classify(parts)).toMatchObject({
      level: 'custom',
      fact: { known: false, reason: expect.any(String) },
    });
  });

  it.each([
    ['a letter spelled by its number', '"Action":"\\u0069am:*"'],
    ['a wildcard spelled by its number', '"Action":"s3:\\u002a"'],
    ['a key spelled by its number', '"\\u0041ction":"s3:GetObject"'],
    ['an invisible character', '"Action":"s3:Get\u200bObject"'],
    ['a change of direction', '"Sid":"\u202e","Action":"s3:GetObject"'],
    ['a control character', '"Action":"s3:GetObject"\u0085'],
  ])('security rule 32: does not take %s', (_what, action) => {
    expect(
      classify({
        inline: `{"Statement":[{"Effect":"Allow",${action},"Resource":"*"}]}`,
      }).fact,
    ).toMatchObject({
      known: false,
      reason: expect.stringMatching(/not what it looks like|not usable JSON/),
    });
  });

  it('takes a policy as Terraform writes it', () => {
    const condition = { StringEquals: { 'aws:PrincipalTag/a': '<&>' } };
    const text = JSON.stringify(
      { Statement: { ...allow('s3:GetObject'), Condition: condition } },
      null,
      '\t',
    )
      .replace('<', '\\u003c')
      .replace('&', '\\u0026')
      .replace('>', '\\u003e')
      .replaceAll('\n', '\r\n');
    expect(classify({ inline: text }).level).toBe('read');
  });

  it('does not believe the name of a policy that is not from AWS', () => {
    expect(
      accessLevelOf({
        managedPolicies: [
          {
            arn: 'arn:aws:iam::123456789012:policy/ReadOnlyAccess',
            name: 'ReadOnlyAccess',
          },
        ],
        customerManagedPolicies: [],
        inlinePolicy: null,
        permissionsBoundary: null,
      }).fact.known,
    ).toBe(false);
  });
});

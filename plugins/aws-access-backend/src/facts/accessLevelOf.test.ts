import { accessLevelOf } from './accessLevelOf';

const aws = (path: string) => ({
  arn: `arn:aws:iam::aws:policy/${path}`,
  name: path.split('/').pop()!,
});

const inline = (...statements: object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

const allow = (action: unknown, resource: unknown = '*') => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
});

function classify(parts: {
  managed?: string[];
  customer?: string[];
  inline?: string;
}) {
  return accessLevelOf({
    managedPolicies: (parts.managed ?? []).map(aws),
    customerManagedPolicies: (parts.customer ?? []).map(name => ({
      name,
      path: '/',
    })),
    inlinePolicy: parts.inline ?? null,
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
      'all but some actions',
      {
        inline: inline({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
      },
    ],
    [
      'every action on many things',
      {
        inline: inline(allow('*', 'arn:aws:s3:::*')),
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
      }).fact.known,
    ).toBe(false);
  });
});

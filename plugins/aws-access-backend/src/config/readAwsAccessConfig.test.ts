import { ConfigReader } from '@backstage/config';
import { readAwsAccessConfig } from './readAwsAccessConfig';

const guid = '3f0e9c54-7a55-4a3f-9b0e-6a1d2c3b4e5f';

function small() {
  return {
    organizations: {
      parcel: {
        aws: { region: 'eu-central-1' },
        entra: {
          tenantId: guid,
          enterpriseApplicationId: guid,
          servicePrincipalId: guid,
          credentials: { type: 'accessToken', token: 'x' },
        },
      },
    },
    policy: {
      defaultStage: { name: 'account owner', approvers: ['accountOwner'] },
    },
  } as any;
}

const read = (awsAccess: unknown) =>
  readAwsAccessConfig(new ConfigReader({ awsAccess } as any));

describe('readAwsAccessConfig', () => {
  it('starts read-only and strict', () => {
    const { organizations, policy, roles } = read(small());
    expect(organizations.parcel).toMatchObject({
      writes: 'off',
      groupNaming: 'AWS-{team}-{permissionSet}',
      limits: { requestsPerSecond: 18, outstandingAssignments: 10 },
    });
    expect(policy.defaultStage?.count).toBe(1);
    expect(roles).toEqual({
      admin: [],
      auditor: [],
      operator: [],
      security: [],
    });
  });

  it('says so when the section is missing', () => {
    expect(() => read(undefined)).toThrow("no 'awsAccess' section");
  });

  it('names every wrong key in one message, and what it must be', () => {
    const config = small();
    config.organizations.parcel.aws.endpoint = 'http://aws.example.com';
    config.organizations.parcel.entra.tenantId = 'parcel';
    config.organizations.parcel.wirtes = 'on';
    config.policy.defaultStage.approvers = ['team:payments'];
    expect(() => read(config)).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(
          /^The configuration of AWS access is not usable:\n(.*\n){3}.*$/,
        ),
      }),
    );
    expect(() => read(config)).toThrow(
      'awsAccess.organizations.parcel.aws.endpoint: must use https, unless its host is this machine',
    );
    expect(() => read(config)).toThrow(
      'awsAccess.organizations.parcel.entra.tenantId: must be a GUID',
    );
    expect(() => read(config)).toThrow(
      'awsAccess.organizations.parcel: has unknown keys: wirtes',
    );
    expect(() => read(config)).toThrow(
      'awsAccess.policy.defaultStage.approvers[0]: ',
    );
  });

  it.each<[string, object, string]>([
    [
      'approves by itself on worse findings',
      { match: { findingsFrom: 'low' }, autoApprove: true },
      'match.findingsFrom: must not be in a rule with autoApprove',
    ],
    [
      'asks for something unless findings are worse',
      { match: { findingsUpTo: 'low' }, ticket: 'required' },
      'match.findingsUpTo: must be in a rule that does nothing but autoApprove',
    ],
    [
      'has a pattern with which RE2 could not keep its promise',
      { match: { tags: { cost: ['(a)\\1'] } }, ticket: 'required' },
      'match.tags.cost[0]: must be a regular expression that RE2 knows',
    ],
    [
      'names a kind of change that there is not',
      { match: { changes: ['everything'] }, ticket: 'required' },
      'match.changes[0]: ',
    ],
    [
      'wants a ticket without saying what it looks like',
      { ticket: { pattern: 'INC-.*' } },
      'ticket',
    ],
  ])('refuses a rule that %s', (_what, rule, message) => {
    const config = small();
    config.policy.rules = [{ name: 'odd', ...rule }];
    expect(() => read(config)).toThrow(`awsAccess.policy.rules[0].${message}`);
  });

  it('refuses a rule that does nothing', () => {
    const config = small();
    config.policy.rules = [{ name: 'idle', match: { temporary: true } }];
    expect(() => read(config)).toThrow(
      'awsAccess.policy.rules[0]: must say what it does: require, maxDuration, maxTotal, justification, ticket, deny or autoApprove',
    );
  });

  it.each([
    'https://aws.example.com',
    'http://127.0.0.1:4600',
    'http://localhost:1',
    'http://[::1]:4600',
  ])('accepts the endpoint %s', endpoint => {
    const config = small();
    config.organizations.parcel.aws.endpoint = endpoint;
    expect(read(config).organizations.parcel.aws.endpoint).toBe(endpoint);
  });

  it.each([
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'http://10.0.0.1',
    'ftp://127.0.0.1',
    'nonsense',
  ])('refuses the endpoint %s', endpoint => {
    const config = small();
    config.organizations.parcel.aws.endpoint = endpoint;
    expect(() => read(config)).toThrow('aws.endpoint');
  });
});

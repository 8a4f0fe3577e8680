import { changesSchema } from './changes';
import { MAX_NAMED_ACCOUNTS } from './references';

const arn =
  'arn:aws:sso:::permissionSet/ssoins-7223aa11bb22cc33/ps-0123456789abcdef';
const entraGroupId = '11111111-0000-4000-8000-000000000001';
const named = { kind: 'named', accountIds: ['555566667777'] };
const people = ['user:default/ana'];

const set = (document: object = {}) => ({
  kind: 'permissionSet',
  key: 'set',
  document: { name: 'LogViewer', ...document },
});
const assignment = (parts: object = {}) => ({
  kind: 'assignment',
  accessGroup: { entraGroupId },
  permissionSet: { arn },
  accounts: named,
  ...parts,
});

function issuesOf(changes: unknown[]) {
  const result = changesSchema.safeParse(changes);
  return result.success
    ? []
    : result.error.issues.map(
        issue => `${issue.path.join('.')}: ${issue.message}`,
      );
}

describe('changesSchema', () => {
  it('names no more accounts than one change may', () => {
    const ofAccounts = (count: number) => [
      assignment({
        accounts: {
          kind: 'named',
          accountIds: Array.from({ length: count }, (_, index) =>
            String(100_000_000_000 + index),
          ),
        },
      }),
    ];
    expect(issuesOf(ofAccounts(MAX_NAMED_ACCOUNTS))).toEqual([]);
    expect(issuesOf(ofAccounts(MAX_NAMED_ACCOUNTS + 1))).toEqual([
      '0.accounts.accountIds: must name at most 200 accounts',
    ]);
  });

  it('knows every kind of change', () => {
    expect(
      issuesOf([
        {
          kind: 'accessGroup',
          key: 'group',
          members: { kind: 'team', team: 'group:default/payments' },
        },
        { kind: 'membership', accessGroup: { entraGroupId }, people },
        { kind: 'elevation', people, permissionSet: { arn }, accounts: named },
        set(),
        assignment({
          accessGroup: { change: 'group' },
          permissionSet: { change: 'set' },
          accounts: {
            kind: 'organizationalUnit',
            id: 'ou-ex01-workload',
            maxAccounts: 20,
          },
        }),
        assignment({
          accounts: { kind: 'tag', key: 'team', value: 'a', maxAccounts: 5 },
        }),
        assignment({ accounts: { kind: 'all', maxAccounts: 500 } }),
        { kind: 'removeAccessGroup', accessGroup: { entraGroupId } },
        { kind: 'removeMembership', accessGroup: { entraGroupId }, people },
        {
          kind: 'removeElevation',
          people,
          permissionSet: { arn },
          accounts: named,
        },
        { kind: 'removePermissionSet', permissionSet: { arn } },
        { ...assignment(), kind: 'removeAssignment' },
        { kind: 'adoptAccessGroup', accessGroup: { entraGroupId } },
        { kind: 'adoptPermissionSet', permissionSet: { arn } },
      ]),
    ).toEqual([]);
  });

  it('fills in what a permission set leaves out', () => {
    expect(changesSchema.parse([set()])[0]).toEqual({
      kind: 'permissionSet',
      key: 'set',
      document: {
        name: 'LogViewer',
        description: null,
        sessionDuration: 'PT1H',
        relayState: null,
        managedPolicies: [],
        customerManagedPolicies: [],
        inlinePolicy: null,
        permissionsBoundary: null,
        tags: {},
      },
    });
    expect(
      changesSchema.parse([set({ sessionDuration: 'PT90M' })]),
    ).toMatchObject([{ document: { sessionDuration: 'PT1H30M' } }]);
  });

  it('compares ids of groups in one form', () => {
    expect(
      changesSchema.parse([
        {
          kind: 'removeAccessGroup',
          accessGroup: { entraGroupId: entraGroupId.toUpperCase() },
        },
      ]),
    ).toMatchObject([{ accessGroup: { entraGroupId } }]);
  });

  it.each<[string, unknown[], string]>([
    ['nothing', [], 'must contain at least one change'],
    ['too much', Array(51).fill(assignment()), 'at most 50 changes'],
    [
      'a key twice, whatever it is of',
      [
        set(),
        {
          kind: 'accessGroup',
          key: 'set',
          members: { kind: 'people', people },
        },
      ],
      '1.key: must be unique',
    ],
    [
      'a group where a permission set belongs',
      [
        {
          kind: 'accessGroup',
          key: 'group',
          members: { kind: 'people', people },
        },
        assignment({ permissionSet: { change: 'group' } }),
      ],
      '1.permissionSet.change: must be the key of a permission set',
    ],
    [
      'a group that goes under a key of the request',
      [{ kind: 'removeAccessGroup', accessGroup: { change: 'group' } }],
      '0.accessGroup.entraGroupId',
    ],
    [
      'nobody',
      [{ kind: 'membership', accessGroup: { entraGroupId }, people: [] }],
      '0.people: must name at least one person',
    ],
    [
      'a scope without a ceiling',
      [assignment({ accounts: { kind: 'all' } })],
      '0.accounts.maxAccounts',
    ],
    [
      'a ceiling beyond what a mandate may have',
      [assignment({ accounts: { kind: 'all', maxAccounts: 501 } })],
      '0.accounts.maxAccounts',
    ],
    [
      'a removal by a scope',
      [
        {
          ...assignment({ accounts: { kind: 'all', maxAccounts: 5 } }),
          kind: 'removeAssignment',
        },
      ],
      '0.accounts.kind',
    ],
    [
      'a session that AWS does not have',
      [set({ sessionDuration: 'PT13H' })],
      '0.document.sessionDuration: must be an ISO-8601 duration between PT1H and PT12H',
    ],
    [
      'a name that AWS does not take',
      [set({ name: 'Log viewer' })],
      '0.document.name: must have 1 to 32',
    ],
    [
      'security rule 32: a relay state that only looks like AWS',
      [set({ relayState: 'https://console.aws.amazon.com.evil.example/' })],
      '0.document.relayState: must be a https address of an AWS console',
    ],
    [
      'security rule 32: a relay state with somebody else before the host',
      [set({ relayState: 'https://console.aws.amazon.com@evil.example/' })],
      '0.document.relayState',
    ],
    [
      'security rule 32: a relay state with hidden text',
      [set({ relayState: 'https://console.aws.amazon.com/\u202e' })],
      '0.document.relayState: must not contain control',
    ],
    [
      'security rule 32: a tag whose value reads backwards',
      [set({ tags: { team: '\u202estnemyap' } })],
      '0.document.tags.team',
    ],
    [
      'a customer managed policy as AWS managed',
      [set({ managedPolicies: ['arn:aws:iam::555566667777:policy/Mine'] })],
      '0.document.managedPolicies.0: must be the ARN of a policy that AWS manages',
    ],
    [
      'tags that are our marks',
      [set({ tags: { 'AwsAccess:step': '1' } })],
      'must not begin with aws: or awsaccess:',
    ],
  ])('refuses %s', (_what, changes, message) => {
    expect(issuesOf(changes).join('\n')).toContain(message);
  });
});

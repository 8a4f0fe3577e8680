import { ScaffolderPortal } from './testing/ScaffolderPortal';
import { shippedTemplates } from './testing/shippedTemplates';

jest.setTimeout(30_000);

const GROUP = '5d0b8a3e-1c57-4c3a-9f0a-2f7d4b6c8e11';
const SET =
  'arn:aws:sso:::permissionSet/ssoins-7223aa11bb22cc33/ps-0123456789abcdef';
const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const ACCOUNTS = { kind: 'named', accountIds: ['111122223333'] };

const wishes = {
  team: 'group:default/payments',
  accounts: ['111122223333'],
  permissionSet: SET,
  duration: 'PT4H',
  justification: 'We run this account',
};
const why = { team: wishes.team, justification: wishes.justification };

/** Template, values as the form gives them, and what must be filed. */
const runs: Array<[string, object, object]> = [
  [
    'request-aws-access',
    { ...wishes, for: ['user:default/ben'], duration: 'standing' },
    {
      duration: null,
      changes: [
        {
          kind: 'accessGroup',
          members: { kind: 'people', people: ['user:default/ben'] },
        },
        {
          kind: 'assignment',
          permissionSet: { arn: SET },
          accounts: ACCOUNTS,
        },
      ],
    },
  ],
  [
    'request-elevated-aws-access',
    {
      ...wishes,
      for: 'me',
      ticket: 'INC-402',
      preview: ['How long: 4 hr'],
    },
    {
      duration: 'PT4H',
      ticket: 'INC-402',
      changes: [
        {
          kind: 'elevation',
          people: ['user:default/ana'],
          permissionSet: { arn: SET },
          accounts: ACCOUNTS,
        },
      ],
    },
  ],
  [
    'onboard-team-to-aws',
    { ...wishes, permissions: 'existing', groupName: 'AWS-Payments-Team' },
    {
      duration: 'PT4H',
      changes: [
        {
          kind: 'accessGroup',
          name: 'AWS-Payments-Team',
          members: { kind: 'team', team: 'group:default/payments' },
        },
        { kind: 'assignment', permissionSet: { arn: SET }, accounts: ACCOUNTS },
      ],
    },
  ],
  [
    'onboard-team-to-aws',
    {
      ...why,
      accounts: wishes.accounts,
      duration: 'standing',
      permissions: 'new',
      newName: 'PaymentsReader',
      managedPolicies: [READ_ONLY],
    },
    {
      duration: null,
      changes: [
        {
          kind: 'permissionSet',
          key: 'permissions',
          document: { name: 'PaymentsReader', managedPolicies: [READ_ONLY] },
        },
        { kind: 'accessGroup', key: 'team' },
        {
          kind: 'assignment',
          accessGroup: { change: 'team' },
          permissionSet: { change: 'permissions' },
          accounts: ACCOUNTS,
        },
      ],
    },
  ],
  [
    'design-aws-permission-set',
    {
      ...why,
      name: 'LedgerExporter',
      sessionDuration: 'PT2H',
      customerManagedPolicies: [{ name: 'ledger', path: '/parcel/' }],
      inlinePolicy:
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"${aws:PrincipalTag/team}"}]}',
      permissionsBoundary: READ_ONLY,
    },
    {
      duration: null,
      changes: [
        {
          kind: 'permissionSet',
          document: {
            name: 'LedgerExporter',
            description: null,
            sessionDuration: 'PT2H',
            managedPolicies: [],
            customerManagedPolicies: [{ name: 'ledger', path: '/parcel/' }],
            inlinePolicy: expect.stringContaining('${aws:PrincipalTag/team}'),
            permissionsBoundary: { managedPolicyArn: READ_ONLY },
          },
        },
      ],
    },
  ],
  [
    'design-aws-permission-set',
    {
      ...why,
      name: 'Reader',
      description: 'Reads',
      sessionDuration: 'PT1H',
      managedPolicies: [READ_ONLY],
    },
    {
      changes: [
        {
          document: {
            name: 'Reader',
            description: 'Reads',
            managedPolicies: [READ_ONLY],
            inlinePolicy: null,
            permissionsBoundary: null,
          },
        },
      ],
    },
  ],
  [
    'give-back-aws-access',
    {
      ...why,
      accessGroup: GROUP,
      what: 'people',
      people: ['user:default/lena'],
    },
    {
      duration: null,
      changes: [
        {
          kind: 'removeMembership',
          accessGroup: { entraGroupId: GROUP },
          people: ['user:default/lena'],
        },
      ],
    },
  ],
  [
    'give-back-aws-access',
    {
      ...why,
      accessGroup: GROUP,
      what: 'accounts',
      permissionSet: SET,
      accounts: wishes.accounts,
    },
    {
      changes: [
        {
          kind: 'removeAssignment',
          accessGroup: { entraGroupId: GROUP },
          permissionSet: { arn: SET },
          accounts: ACCOUNTS,
        },
      ],
    },
  ],
  [
    'give-back-aws-access',
    { ...why, accessGroup: GROUP, what: 'group' },
    {
      changes: [
        { kind: 'removeAccessGroup', accessGroup: { entraGroupId: GROUP } },
      ],
    },
  ],
  [
    'service-with-aws-access',
    {
      name: 'ledger',
      team: wishes.team,
      accounts: wishes.accounts,
      permissionSet: SET,
      duration: 'standing',
    },
    {
      justification: 'Operates the service ledger',
      changes: [
        { members: { kind: 'team', team: 'group:default/payments' } },
        { permissionSet: { arn: SET }, accounts: ACCOUNTS },
      ],
    },
  ],
];

describe('the templates that ship', () => {
  let portal: ScaffolderPortal;

  beforeAll(async () => {
    portal = await ScaffolderPortal.start();
  });
  afterAll(() => portal.stop());

  it('are all run here, and have no step that waits for a person', () => {
    const templates = shippedTemplates();
    expect([...new Set(runs.map(([name]) => name))].sort()).toEqual(
      templates.map(({ metadata }) => metadata.name).sort(),
    );
    const actions = templates.flatMap(({ spec }) =>
      spec.steps.map((step: { action: string }) => step.action),
    );
    expect([...new Set(actions)].sort()).toEqual([
      'aws-access:request:create',
      'fetch:template',
    ]);
  });

  it.each(runs)('%s files one request and ends', async (name, values, body) => {
    const before = portal.filed.length;

    const task = await portal.run(name, values);

    expect(task).toMatchObject({ status: 'completed' });
    const number = before + 1;
    expect(task.output.links).toEqual([
      expect.objectContaining({
        title: `Open request ${number}`,
        url: `http://portal/aws-access/requests/r-${number}`,
      }),
    ]);
    expect(portal.filed.slice(before)).toMatchObject([
      { by: 'user:default/ana', team: 'group:default/payments', ...body },
    ]);
  });

  it('refuse values that the form would not give', async () => {
    const values = { ...why, accessGroup: 'payments', what: 'group' };
    await expect(portal.run('give-back-aws-access', values)).rejects.toThrow(
      'accessGroup',
    );
  });
});

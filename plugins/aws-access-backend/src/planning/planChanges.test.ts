import {
  Change,
  permissionSetDocumentSchema,
} from 'backstage-plugin-aws-access-common';
import { digestOf } from '../digest/digestOf';
import {
  auditors,
  effectsInWords,
  estateFacts,
  exampleGroup,
  planInEstate,
  readers,
} from '../testing/exampleEstate';
import { example } from '../testing/examplePlan';
import { findProblems } from './problems/findProblems';
import { membershipKey } from './objects/objectKeys';
import { PlanFacts } from './facts/PlanFacts';
import { requestTitle } from './words/requestTitle';

const named = (...accountIds: string[]) => ({
  kind: 'named' as const,
  accountIds,
});
const joins = (...people: string[]): Change => ({
  kind: 'membership',
  accessGroup: { entraGroupId: readers.groupId },
  people: people.map(name => `user:default/${name}`),
});
const elevates = (...people: string[]): Change => ({
  kind: 'elevation',
  people: people.map(name => `user:default/${name}`),
  permissionSet: { arn: example.administrator },
  accounts: named(example.dataProd),
});
const readOnlyWish = (parts: object = {}) =>
  permissionSetDocumentSchema.parse({
    name: 'ReadOnly',
    sessionDuration: 'PT8H',
    managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
    ...parts,
  });
const changesReadOnly = (parts: object = {}): Change => ({
  kind: 'permissionSet',
  key: 'readers',
  arn: example.readOnly,
  document: readOnlyWish(parts),
});
const everywhere = (maxAccounts = 10): Change => ({
  kind: 'assignment',
  accessGroup: { entraGroupId: readers.groupId },
  permissionSet: { arn: example.administrator },
  accounts: { kind: 'all', maxAccounts },
});

const actions = (changes: Change[], duration: string | null = null) =>
  planInEstate(changes, duration).objects.map(
    ({ kind, action }) => `${action} ${kind}`,
  );

describe('planRequest, by the kind of change', () => {
  it('membership: gives everything that the group has', () => {
    const plan = planInEstate([joins('ben', 'ana')], 'PT8H');

    expect(
      plan.objects.map(({ key, action, id }) => ({ key, action, id })),
    ).toEqual([
      { key: readers.groupId, action: 'untouched', id: readers.groupId },
      {
        key: `application/${readers.groupId}`,
        action: 'untouched',
        id: null,
      },
      {
        key: membershipKey(readers.groupId, example.entraIds.ben),
        action: 'create',
        id: null,
      },
      {
        key: membershipKey(readers.groupId, example.entraIds.ana),
        action: 'untouched',
        id: null,
      },
    ]);
    expect(effectsInWords(plan, 'gains')).toEqual(['ben ReadOnly data-dev']);
    expect(plan.gains[0].seconds).toBe(28_800);
    expect(plan.sentences).toEqual([
      'Puts Ben Brandt into AWS-payments-Readers.',
      '1 person gains access to 1 account for 8 hr.',
      'After 8 hr all of it is removed again, and the removal is checked.',
      'Leaving a group reaches AWS with the next SCIM cycle, up to 40 minutes later.',
      'Everything else stays as it is.',
    ]);
    expect(
      requestTitle(plan, {
        entraUserId: example.entraIds.ana,
        displayName: 'Ana Alves',
      }),
    ).toBe(
      'Ana Alves asks to put Ben Brandt into AWS-payments-Readers for 8 hr',
    );
  });

  it('says when an account would have more permission sets than AWS provisions in one', () => {
    const inAccount = (count: number, ...more: string[]) =>
      planInEstate(
        [
          {
            kind: 'assignment',
            accessGroup: { entraGroupId: readers.groupId },
            permissionSet: { arn: example.readOnly },
            accounts: named(example.dataProd),
          },
        ],
        null,
        estateFacts(facts => {
          const others = Array.from({ length: count }, (_, at) => `arn:${at}`);
          facts.crowdedAccounts.set(example.dataProd, [...others, ...more]);
        }),
      ).findings.filter(({ id }) => id.startsWith('crowded-account'));
    expect(inAccount(499)).toEqual([]);
    expect(inAccount(499, example.readOnly)).toEqual([]);
    expect(inAccount(500)).toMatchObject([
      {
        id: `crowded-account/${example.dataProd}`,
        severity: 'medium',
        reason:
          'data-prod (555566667777) would have 501 permission sets; AWS allows 500 in an account, unless it has raised the quota.',
      },
    ]);
  });

  it('assignment to a group that exists: gives it to everybody in the group, after letting the group in', () => {
    const changes: Change[] = [
      {
        kind: 'assignment',
        accessGroup: { entraGroupId: auditors.groupId },
        permissionSet: { arn: example.readOnly },
        accounts: named(example.dataProd),
      },
    ];
    expect(actions(changes)).toEqual([
      'untouched accessGroup',
      'create applicationAssignment',
      'create accountAssignment',
    ]);
    expect(effectsInWords(planInEstate(changes), 'gains')).toEqual([
      'ben ReadOnly data-prod',
    ]);
  });

  it('assignment that is there: is left alone, and nothing is gained by it', () => {
    const plan = planInEstate([
      joins('ben'),
      {
        kind: 'assignment',
        accessGroup: { entraGroupId: readers.groupId },
        permissionSet: { arn: example.readOnly },
        accounts: named(example.dataDev),
      },
    ]);
    expect(plan.objects.map(({ kind, action }) => `${action} ${kind}`)).toEqual(
      [
        'untouched accessGroup',
        'untouched applicationAssignment',
        'create membership',
        'untouched accountAssignment',
      ],
    );
    expect(effectsInWords(plan, 'gains')).toEqual(['ben ReadOnly data-dev']);
  });

  it('elevation: is for people directly, or through a group where the organization says so', () => {
    const direct = planInEstate([elevates('ana', 'ben')], 'PT4H');
    expect(direct.objects.map(({ after }) => after)).toEqual(
      [example.entraIds.ana, example.entraIds.ben].sort().map(entraUserId => ({
        principal: { kind: 'person', entraUserId },
        accountId: example.dataProd,
        permissionSetArn: example.administrator,
      })),
    );
    expect(effectsInWords(direct, 'gains')).toEqual([
      'ana AdministratorAccess data-prod',
      'ben AdministratorAccess data-prod',
    ]);
    expect(
      requestTitle(direct, { entraUserId: null, displayName: 'Petra Pohl' }),
    ).toBe(
      'Petra Pohl asks for AdministratorAccess (admin) on data-prod (555566667777) for 4 hr, for Ana Alves and Ben Brandt',
    );

    const facts = estateFacts(({ config, groupNames }) => {
      config.elevation = 'accessGroup';
      groupNames.set('elevation.0', {
        displayName: 'AWS-Payments-AdministratorAccess',
        isTaken: false,
      });
    });
    const throughGroup = planInEstate([elevates('ana')], 'PT4H', facts);
    expect(
      throughGroup.objects.map(({ key, kind }) => ({ key, kind })),
    ).toEqual([
      { key: 'elevation.0', kind: 'accessGroup' },
      { key: 'application/elevation.0', kind: 'applicationAssignment' },
      {
        key: `assignment/elevation.0/${example.dataProd}/${example.administrator}`,
        kind: 'accountAssignment',
      },
    ]);
    expect(effectsInWords(throughGroup, 'gains')).toEqual([
      'ana AdministratorAccess data-prod',
    ]);
  });

  it('security rule 4: a permission set that changes, changes for everybody who has it', () => {
    const plan = planInEstate([
      changesReadOnly({
        managedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'],
      }),
    ]);
    const everybody = [
      'ana ReadOnly data-dev',
      'petra ReadOnly payments-prod',
      'uma ReadOnly data-dev',
    ];
    expect(effectsInWords(plan, 'gains')).toEqual(everybody);
    expect(effectsInWords(plan, 'losses')).toEqual(everybody);
    const after = digestOf(plan.objects[0].after);
    const before = digestOf(plan.objects[0].before);
    expect(new Set(plan.gains.map(atom => atom.documentDigest))).toEqual(
      new Set([after]),
    );
    expect(new Set(plan.losses.map(atom => atom.documentDigest))).toEqual(
      new Set([before]),
    );
    expect(plan.permissionSets).toEqual([
      expect.objectContaining({ accessLevel: 'admin', documentDigest: after }),
    ]);
    expect(plan.accounts.map(({ name }) => name).sort()).toEqual([
      'data-dev',
      'payments-prod',
    ]);
    expect(plan.sentences[1]).toBe(
      '3 people are allowed something else in 2 accounts.',
    );
  });

  it('permission set: a new one is given by its stand-in until AWS has named it', () => {
    const plan = planInEstate([
      {
        kind: 'permissionSet',
        key: 'logs',
        document: readOnlyWish({ name: 'LogViewer' }),
      },
      {
        kind: 'assignment',
        accessGroup: { entraGroupId: readers.groupId },
        permissionSet: { change: 'logs' },
        accounts: named(example.dataDev),
      },
    ]);
    expect(plan.objects[0]).toMatchObject({
      key: 'logs',
      action: 'create',
      id: null,
      before: null,
    });
    expect(plan.permissionSets).toEqual([
      expect.objectContaining({
        arn: 'new:logs',
        name: 'LogViewer',
        accessLevel: 'read',
      }),
    ]);
    expect(effectsInWords(plan, 'gains')).toEqual([
      'ana LogViewer data-dev',
      'uma LogViewer data-dev',
    ]);
  });

  it('scope: is a mandate and the accounts that are in it now, never the ones that must be named', () => {
    const facts = estateFacts(
      ({ accountsInScope, delegatedAdministratorIds }) => {
        accountsInScope.set(0, [
          example.dataDev,
          example.management,
          example.paymentsProd,
          example.dataProd,
        ]);
        delegatedAdministratorIds!.add(example.paymentsProd);
      },
    );
    const plan = planInEstate([everywhere()], null, facts);
    expect(
      plan.objects.filter(({ kind }) => kind === 'scope')[0].after,
    ).toEqual({
      accessGroup: readers.groupId,
      permissionSetArn: example.administrator,
      scope: { kind: 'all', maxAccounts: 10 },
      accountIds: [example.dataProd, example.dataDev],
      seconds: 365 * 24 * 3600,
    });
    expect(effectsInWords(plan, 'gains')).toEqual([
      'ana AdministratorAccess data-dev',
      'ana AdministratorAccess data-prod',
      'uma AdministratorAccess data-dev',
      'uma AdministratorAccess data-prod',
    ]);
  });

  it('removal of a group: takes all that hangs on it', () => {
    const changes: Change[] = [
      {
        kind: 'removeAccessGroup',
        accessGroup: { entraGroupId: readers.groupId },
      },
    ];
    expect(actions(changes)).toEqual([
      'remove accessGroup',
      'remove accountAssignment',
      'remove membership',
      'remove membership',
      'remove applicationAssignment',
    ]);
    const plan = planInEstate(changes);
    expect(effectsInWords(plan, 'losses')).toEqual([
      'ana ReadOnly data-dev',
      'uma ReadOnly data-dev',
    ]);
    expect(plan.gains).toEqual([]);
    expect(
      requestTitle(plan, { entraUserId: null, displayName: 'Ana Alves' }),
    ).toBe('Ana Alves asks to remove the access group AWS-payments-Readers');
  });

  it('removal of memberships, assignments and elevations: says who loses what', () => {
    const plan = planInEstate(
      [
        {
          kind: 'removeMembership',
          accessGroup: { entraGroupId: readers.groupId },
          people: ['user:default/uma'],
        },
        {
          kind: 'removeElevation',
          people: ['user:default/petra'],
          permissionSet: { arn: example.readOnly },
          accounts: named(example.paymentsProd),
        },
      ],
      null,
      withPetra(),
    );
    expect(effectsInWords(plan, 'losses')).toEqual([
      'petra ReadOnly payments-prod',
      'uma ReadOnly data-dev',
    ]);
    expect(plan.sentences).toEqual([
      'Takes ReadOnly (read) in payments-prod (111122223333) away from Petra Pohl.',
      'Takes Uma Ude out of AWS-payments-Readers.',
      '2 people lose access to 2 accounts.',
      'What is taken away does not come back by itself.',
      'Leaving a group reaches AWS with the next SCIM cycle, up to 40 minutes later.',
      'Everything else stays as it is.',
    ]);
  });

  it('what goes when leases of others end is made, not found', () => {
    const facts = estateFacts(({ endingObjects }) =>
      endingObjects.add(membershipKey(readers.groupId, example.entraIds.ana)),
    );
    const plan = planInEstate([joins('ana')], 'P2D', facts);
    expect(plan.objects.map(({ kind, action }) => `${action} ${kind}`)).toEqual(
      [
        'untouched accessGroup',
        'untouched applicationAssignment',
        'create membership',
      ],
    );
    expect(effectsInWords(plan, 'gains')).toEqual(['ana ReadOnly data-dev']);
  });
});

function withPetra() {
  return estateFacts(facts => {
    facts.people.set('user:default/petra', {
      entityRef: 'user:default/petra',
      displayName: 'Petra Pohl',
      entraUserId: example.entraIds.petra,
      teams: [],
    });
  });
}

describe('findProblems, by the kind of change', () => {
  const newSet = (parts: object): Change => ({
    kind: 'permissionSet',
    key: 'logs',
    document: readOnlyWish({ name: 'LogViewer', ...parts }),
  });
  const removesReadOnly: Change = {
    kind: 'removePermissionSet',
    permissionSet: { arn: example.readOnly },
  };
  const removesGroup = (groupId: string): Change => ({
    kind: 'removeAccessGroup',
    accessGroup: { entraGroupId: groupId },
  });
  const inGroup =
    (parts: Parameters<typeof exampleGroup>[0]) => (facts: PlanFacts) =>
      facts.groups.set(readers.groupId, exampleGroup(parts));

  it.each<
    [
      what: string,
      changes: Change[],
      duration: string | null,
      change: (facts: PlanFacts) => unknown,
      path: string,
      message: string,
    ]
  >([
    [
      'an unknown group',
      [joins('ben')],
      null,
      facts => facts.groups.clear(),
      'changes.0.accessGroup.entraGroupId',
      'no group',
    ],
    [
      'security rule 15: a group that cannot carry access',
      [joins('ben')],
      null,
      inGroup({ unusableBecause: 'its members follow a rule' }),
      'changes.0.accessGroup.entraGroupId',
      'its members follow a rule',
    ],
    [
      'a protected group, by its id',
      [joins('ben')],
      null,
      facts =>
        facts.config.protected.groups.push(readers.groupId.toUpperCase()),
      'changes.0.accessGroup.entraGroupId',
      'protected',
    ],
    [
      'a group that carries a protected permission set',
      [joins('ben')],
      null,
      inGroup({
        assignments: [
          { accountId: example.dataDev, permissionSetArn: example.breakGlass },
        ],
      }),
      'changes.0.accessGroup.entraGroupId',
      'BreakGlass',
    ],
    [
      'a group that reaches the management account',
      [joins('ben')],
      null,
      inGroup({
        assignments: [
          { accountId: example.management, permissionSetArn: example.readOnly },
        ],
      }),
      'changes.0.accessGroup.entraGroupId',
      'management account',
    ],
    [
      'a group of which nobody knows what it gives',
      [joins('ben')],
      null,
      inGroup({
        assignments: [
          { accountId: example.dataDev, permissionSetArn: 'arn:unknown' },
        ],
      }),
      'changes.0.accessGroup.entraGroupId',
      'not known what the group',
    ],
    [
      'a membership of another team',
      [joins('uma', 'ben')],
      null,
      () => {},
      'changes.0.people.0',
      'not in the team',
    ],
    [
      'removing a group that others made',
      [removesGroup(auditors.groupId)],
      null,
      () => {},
      'changes.0.accessGroup.entraGroupId',
      'did not make the group',
    ],
    [
      'an elevation with no end',
      [elevates('ana')],
      null,
      () => {},
      'duration',
      'An elevation has an end',
    ],
    [
      'a removal with an end',
      [removesGroup(readers.groupId)],
      'PT8H',
      () => {},
      'duration',
      'cannot have an end',
    ],
    [
      'a changed permission set with an end',
      [changesReadOnly({ sessionDuration: 'PT1H' })],
      'PT8H',
      () => {},
      'duration',
      'cannot have an end',
    ],
    [
      'a permission set named like another one',
      [newSet({ name: 'READonly' })],
      null,
      () => {},
      'changes.0.document.name',
      'named like READonly',
    ],
    [
      'a permission set named like a protected one',
      [newSet({ name: 'breakglass' })],
      null,
      facts => facts.permissionSetNames.delete('breakglass'),
      'changes.0.document.name',
      'protected',
    ],
    [
      'two new permission sets of one name',
      [newSet({}), { ...newSet({}), key: 'other' } as Change],
      null,
      () => {},
      'changes.0.document.name',
      'named like LogViewer',
    ],
    [
      'security rule 32: a policy that says two things',
      [
        newSet({
          inlinePolicy:
            '{"Statement":[{"Effect":"Deny","Effect":"Allow","Action":"s3:*","Resource":"*"}]}',
        }),
      ],
      null,
      () => {},
      'changes.0.document.inlinePolicy',
      'appears twice',
    ],
    [
      'a policy over AWS’s limit',
      [newSet({ inlinePolicy: `{"Id":"${'x'.repeat(10_240)}"}` })],
      null,
      () => {},
      'changes.0.document.inlinePolicy',
      '10240',
    ],
    [
      'too many policies of both kinds',
      [
        newSet({
          managedPolicies: [...'abcdef'].map(
            name => `arn:aws:iam::aws:policy/${name}`,
          ),
          customerManagedPolicies: [...'abcde'].map(name => ({ name })),
        }),
      ],
      null,
      () => {},
      'changes.0.document.managedPolicies',
      '11 managed policies',
    ],
    [
      'too many permission sets in the instance',
      [newSet({})],
      null,
      facts => {
        for (let index = 0; index < 3500; index++) {
          facts.permissionSetNames.set(`set-${index}`, `arn-${index}`);
        }
      },
      'changes.0',
      'AWS allows 3500',
    ],
    [
      'permission sets that AWS has switched off',
      [elevates('ana')],
      'PT4H',
      facts => {
        facts.permissionSetsEnabled = false;
      },
      'changes.0.permissionSet',
      'switched off',
    ],
    [
      'a permission set that AWS leaves to the management account',
      [elevates('ana')],
      'PT4H',
      facts => facts.outOfReachSets.add(example.administrator),
      'changes.0.permissionSet.arn',
      'also assigned in the management account',
    ],
    [
      'renaming a permission set',
      [changesReadOnly({ name: 'Reader' })],
      null,
      () => {},
      'changes.0.arn',
      'cannot rename',
    ],
    [
      'changing what the management account has too',
      [changesReadOnly({ sessionDuration: 'PT1H' })],
      null,
      facts => {
        facts.holders.get(example.readOnly)![0].accountId = example.management;
      },
      'changes.0.arn',
      'also assigned in parcel-management',
    ],
    [
      'removing a permission set that others made',
      [removesReadOnly],
      null,
      facts => facts.holders.clear(),
      'changes.0.permissionSet.arn',
      'did not make the permission set',
    ],
    [
      'removing a permission set that somebody has',
      [
        removesReadOnly,
        {
          kind: 'removeAssignment',
          accessGroup: { entraGroupId: readers.groupId },
          permissionSet: { arn: example.readOnly },
          accounts: named(example.dataDev),
        },
      ],
      null,
      facts => facts.ownPermissionSets.add(example.readOnly),
      'changes.0.permissionSet.arn',
      'still assigned in 1 account',
    ],
    [
      'security rule 17: a scope where nobody knows the administrators',
      [everywhere()],
      null,
      facts => {
        facts.delegatedAdministratorIds = null;
      },
      'changes.0.accounts',
      'not known which accounts administer',
    ],
    [
      'a scope beyond its own limit',
      [everywhere(1)],
      null,
      facts =>
        facts.accountsInScope.set(0, [example.dataDev, example.dataProd]),
      'changes.0.accounts.maxAccounts',
      '2 accounts are in all accounts now',
    ],
    [
      'what is so already',
      [joins('ana')],
      null,
      () => {},
      'changes',
      'Everything is so already',
    ],
  ])('names field and fix for %s', (...of) => {
    const [, changes, duration, change, path, message] = of;
    const problems = findProblems(
      {
        teamRef: 'group:default/payments',
        requesterRef: 'user:default/ana',
        duration,
        changes,
      },
      estateFacts(change),
    );
    expect(problems[0]).toEqual({
      path,
      message: expect.stringContaining(message),
      fix: expect.stringMatching(/\.$/),
    });
  });

  it('security rule 33: refuses more effects than anybody looks at', () => {
    const facts = estateFacts(
      inGroup({
        assignments: Array.from({ length: 5001 }, (_, index) => ({
          accountId: `${200000000000 + index}`,
          permissionSetArn: example.readOnly,
        })),
      }),
    );
    expect(
      findProblems(
        {
          teamRef: 'group:default/payments',
          requesterRef: 'user:default/ana',
          duration: null,
          changes: [joins('ben')],
        },
        facts,
      ),
    ).toEqual([
      expect.objectContaining({
        path: 'changes',
        message: expect.stringContaining('5001 times'),
      }),
    ]);
  });

  it('security rule 33: does not draft what a small text names a million times', () => {
    const crowd: Change = {
      kind: 'elevation',
      people: Array.from({ length: 100 }, (_, n) => `user:default/p${n}`),
      permissionSet: { arn: example.readOnly },
      accounts: named(
        ...Array.from({ length: 200 }, (_, n) => `${200000000000 + n}`),
      ),
    };
    const facts = estateFacts();
    // Whoever drafts looks for the permission set.
    const looked = jest.spyOn(facts.permissionSets, 'has');
    const problems = findProblems(
      {
        teamRef: 'group:default/payments',
        requesterRef: 'user:default/ana',
        duration: 'PT4H',
        changes: Array(50).fill(crowd),
      },
      facts,
    );
    expect(problems).toEqual([
      expect.objectContaining({
        path: 'changes',
        message: expect.stringContaining('1000000 times'),
      }),
    ]);
    expect(looked).not.toHaveBeenCalled();
  });

  it.each<[string, Change[], string | null]>([
    ['a membership', [joins('ben')], null],
    ['an elevation', [elevates('ana')], 'PT4H'],
    [
      'a changed permission set',
      [changesReadOnly({ sessionDuration: 'PT1H' })],
      null,
    ],
    ['a new permission set for a time', [newSet({})], 'P30D'],
    ['a removal of a group', [removesGroup(readers.groupId)], null],
    [
      'a removal of who is disabled and of another team',
      [
        {
          kind: 'removeMembership',
          accessGroup: { entraGroupId: readers.groupId },
          people: ['user:default/uma'],
        },
      ],
      null,
    ],
  ])('finds nothing wrong with %s', (_what, changes, duration) => {
    expect(
      findProblems(
        {
          teamRef: 'group:default/payments',
          requesterRef: 'user:default/ana',
          duration,
          changes,
        },
        estateFacts(({ entraUsers }) => {
          entraUsers.get(example.entraIds.uma)!.accountEnabled = false;
        }),
      ),
    ).toEqual([]);
  });
});

import fc from 'fast-check';
import { AwsAccessConfig, PolicyRule } from '../config/AwsAccessConfig';
import { BECAUSE_DEFAULT, evaluatePolicy } from './evaluatePolicy';
import { matchRule } from './matchRule';
import { PolicyAtom } from './PolicyAtom';
import { PolicyOutcome } from './PolicyOutcome';

type Policy = AwsAccessConfig['policy'];

const owner = {
  name: 'account owner',
  approvers: ['accountOwner'],
  count: 1,
  order: 1,
};
const security = {
  name: 'security',
  approvers: ['user:default/sia'],
  count: 1,
  order: 1,
};

const rule = (
  name: string,
  match: PolicyRule['match'],
  what: Omit<PolicyRule, 'name' | 'match'>,
): PolicyRule => ({ name, match, ...what });

const known = <T>(value: T) => ({
  known: true as const,
  value,
  source: 'test',
});
const unknown = { known: false as const, reason: 'nobody says' };

const atom = (parts: Partial<PolicyAtom> = {}): PolicyAtom => ({
  accountId: '555566667777',
  environment: known('prod'),
  owners: known(['user:default/otto']),
  systemOwners: known(['user:default/petra']),
  accessLevel: known('read'),
  permissionSetName: 'ReadOnly',
  organizationalUnits: known([
    { id: 'ou-ex01-workload', name: 'Workloads' },
    { id: 'ou-ex01-prod0000', name: 'Production' },
  ]),
  tags: { 'data-class': 'internal' },
  teamRef: 'group:default/payments',
  temporary: true,
  changeKinds: ['accessGroup', 'assignment'],
  filedByActor: false,
  findings: { worst: 'medium', isComplete: true },
  ...parts,
});

/** The same, of what touches no account. */
const withoutAccount = (of: PolicyAtom): PolicyAtom => ({
  ...of,
  accountId: null,
  environment: unknown,
  owners: unknown,
  systemOwners: unknown,
  organizationalUnits: unknown,
  tags: {},
  effect: 'none',
  temporary: null,
});

const evaluate = (policy: Policy, atoms: PolicyAtom[], mayAutoApprove = true) =>
  evaluatePolicy(policy, atoms, { mayAutoApprove });

const names = (outcome: PolicyOutcome) =>
  outcome.stages.map(stage => stage.name);

const production = rule(
  'production',
  { environments: ['prod'] },
  { require: [owner], maxDuration: 'PT12H' },
);
const powerful = rule(
  'powerful',
  { environments: ['prod'], accessLevels: ['admin', 'power'] },
  { require: [security], maxDuration: 'PT4H' },
);
const free = rule(
  'sandbox is free',
  { environments: ['sandbox'] },
  { autoApprove: true },
);
const policy: Policy = {
  defaultStage: owner,
  rules: [production, powerful, free],
};

describe('evaluatePolicy', () => {
  it.each<[string, Partial<PolicyAtom>, string[], string | null]>([
    ['reading in production', {}, ['account owner'], 'PT12H'],
    [
      'power in production',
      { accessLevel: known('power') },
      ['account owner', 'security'],
      'PT4H',
    ],
    [
      'an unknown level in production',
      { accessLevel: unknown },
      ['account owner', 'security'],
      'PT4H',
    ],
    [
      'power in an unknown environment',
      { environment: unknown, accessLevel: known('power') },
      ['account owner', 'security'],
      'PT4H',
    ],
    [
      'what no rule is about',
      { environment: known('dev') },
      ['account owner'],
      null,
    ],
    [
      'what a rule approves by itself',
      { environment: known('sandbox') },
      [],
      null,
    ],
  ])('asks for %s', (_what, parts, stages, maxDuration) => {
    const outcome = evaluate(policy, [atom(parts)]);

    expect(names(outcome)).toEqual(stages);
    expect(outcome.maxDuration).toBe(maxDuration);
    expect(outcome.denials).toEqual([]);
    expect(outcome.autoApproved).toBe(stages.length === 0);
  });

  it('says which rules asked, once per stage', () => {
    const [stage] = evaluate(policy, [atom()]).stages;
    expect(stage).toMatchObject({
      count: 1,
      accountIds: ['555566667777'],
      because: ['production', BECAUSE_DEFAULT],
    });
  });

  it('asks the owners of every account, each for their own', () => {
    const { stages } = evaluate(policy, [
      atom(),
      atom({ accountId: '555566668888' }),
      atom({
        accountId: '111122223333',
        owners: known(['user:default/petra']),
      }),
      atom({ accountId: '999900001111', owners: unknown }),
    ]);

    expect(stages.map(stage => stage.accountIds).sort()).toEqual([
      ['111122223333'],
      ['555566667777', '555566668888'],
      ['999900001111'],
    ]);
  });

  it('denies where a rule denies, and where it cannot tell', () => {
    const strict: Policy = {
      ...policy,
      rules: [
        ...policy.rules,
        rule('no admin', { accessLevels: ['admin'] }, { deny: 'No admins.' }),
      ],
    };
    expect(
      evaluate(strict, [atom({ accessLevel: known('admin') })]).denials,
    ).toEqual(['No admins.']);
    expect(evaluate(strict, [atom({ accessLevel: unknown })]).denials).toEqual([
      'No admins.',
    ]);
    expect(evaluate(strict, [atom()]).denials).toEqual([]);
  });

  it('denies what no rule definitely asks for when there is no default stage', () => {
    const without: Policy = { rules: policy.rules };
    expect(evaluate(without, [atom()]).denials).toEqual([]);
    expect(
      evaluate(without, [atom({ environment: known('dev') })]).denials,
    ).toHaveLength(1);
    expect(
      evaluate(without, [atom({ environment: unknown })]).denials,
    ).toHaveLength(1);
  });

  it('never approves by itself what it does not know or may not approve', () => {
    const sandbox = atom({ environment: known('sandbox') });
    expect(evaluate(policy, [atom({ environment: unknown })])).toMatchObject({
      autoApproved: false,
    });
    expect(evaluate(policy, [sandbox], false)).toMatchObject({
      autoApproved: false,
      stages: [{ name: 'account owner' }],
    });
    expect(evaluate(policy, [sandbox, atom()]).autoApproved).toBe(false);
    expect(evaluate(policy, []).autoApproved).toBe(false);
  });

  it.each(['environment', 'owners', 'accessLevel'] as const)(
    'rule 5: never approves by itself where the %s is unknown, also when no rule asks for it',
    fact => {
      const all: Policy = {
        defaultStage: owner,
        rules: [rule('everything', {}, { autoApprove: true })],
      };
      expect(evaluate(all, [atom()]).autoApproved).toBe(true);
      expect(evaluate(all, [atom({ [fact]: unknown })])).toMatchObject({
        autoApproved: false,
        stages: [{ name: 'account owner' }],
      });
    },
  );

  it('matches whole names of permission sets, in linear time', () => {
    const byName: Policy = {
      rules: [
        rule('reads', { permissionSets: ['Read.*'] }, { autoApprove: true }),
        rule('slow', { permissionSets: ['(a+)+b'] }, { deny: 'Never.' }),
      ],
    };
    expect(evaluate(byName, [atom()]).autoApproved).toBe(true);
    expect(
      evaluate(byName, [atom({ permissionSetName: 'NotReadOnly' })])
        .autoApproved,
    ).toBe(false);
    expect(
      evaluate(byName, [atom({ permissionSetName: 'a'.repeat(5000) })]).denials,
    ).not.toContain('Never.');
  });
});

const environments = ['prod', 'staging', 'dev', 'sandbox'] as const;
const levels = ['admin', 'power', 'write', 'read'] as const;
const severities = ['info', 'low', 'medium', 'high'] as const;
const factOf = <T>(values: readonly T[]) =>
  fc.oneof(fc.constantFrom(...values).map(known), fc.constant(unknown));

/** What begins, what ends, what changes for its holders, what touches no account. */
function toAnyEffect(gained: PolicyAtom): fc.Arbitrary<PolicyAtom> {
  return fc.oneof(
    fc.constant(gained),
    fc.constant({ ...gained, effect: 'loss' as const, temporary: null }),
    factOf(levels).map(accessLevelBefore => ({ ...gained, accessLevelBefore })),
    fc.constant(withoutAccount(gained)),
  );
}

const atoms = fc.array(
  fc
    .record<PolicyAtom>({
      accountId: fc.constantFrom('111122223333', '555566667777'),
      environment: factOf(environments),
      owners: factOf([['user:default/otto'], ['user:default/petra']]),
      systemOwners: factOf([['user:default/otto'], ['user:default/petra']]),
      accessLevel: factOf(levels),
      permissionSetName: fc.constantFrom('ReadOnly', 'PowerUser'),
      teamRef: fc.constantFrom('group:default/payments', 'group:default/data'),
      temporary: fc.boolean(),
      organizationalUnits: factOf([
        [{ id: 'ou-1', name: 'Workloads' }],
        [
          { id: 'ou-1', name: 'Workloads' },
          { id: 'ou-2', name: 'Production' },
        ],
      ]),
      tags: fc.record(
        { 'data-class': fc.constantFrom('internal', 'personal') },
        { requiredKeys: [] },
      ),
      changeKinds: fc.subarray(['accessGroup', 'assignment'], { minLength: 1 }),
      filedByActor: fc.boolean(),
      findings: fc.record({
        worst: fc.option(fc.constantFrom(...severities)),
        isComplete: fc.boolean(),
      }),
    })
    .chain(toAnyEffect),
  { minLength: 1, maxLength: 5 },
);

const stages = fc.record({
  name: fc.constantFrom('one', 'two'),
  approvers: fc.subarray(['accountOwner', 'systemOwner', 'user:default/sia'], {
    minLength: 1,
  }),
  count: fc.integer({ min: 1, max: 3 }),
  order: fc.integer({ min: 1, max: 3 }),
});
const matches = fc.record<PolicyRule['match']>(
  {
    organizationalUnits: fc.constantFrom(['ou-1'], ['Workloads/Production']),
    tags: fc.constant({ 'data-class': ['personal'] }),
    changes: fc.subarray(['accessGroup' as const, 'assignment' as const], {
      minLength: 1,
    }),
    filedByActor: fc.boolean(),
    environments: fc.subarray([...environments], { minLength: 1 }),
    accessLevels: fc.subarray([...levels], { minLength: 1 }),
    permissionSets: fc.constantFrom(['Read.*'], ['.*']),
    temporary: fc.boolean(),
  },
  { requiredKeys: [] },
);
const strictRules = fc.record<PolicyRule>(
  {
    name: fc.string({ minLength: 1, maxLength: 5 }),
    match: fc
      .tuple(matches, fc.option(fc.constantFrom(...severities)))
      .map(([match, findingsFrom]) =>
        findingsFrom ? { ...match, findingsFrom } : match,
      ),
    require: fc.array(stages, { minLength: 1, maxLength: 2 }),
    maxDuration: fc.constantFrom('PT1H', 'PT8H', 'P3D'),
    maxTotal: fc.constantFrom('PT8H', 'P7D'),
    ticket: fc.constantFrom({}, { pattern: 'INC-.*', hint: 'An incident' }),
    deny: fc.constantFrom('No.', 'Never.'),
  },
  { requiredKeys: ['name', 'match'] },
);
const rules = fc.array(
  fc.oneof(
    strictRules,
    // As the schema has it: a worse finding never makes a rule approve.
    fc.tuple(strictRules, matches).map(([strict, match]) => ({
      ...strict,
      match,
      autoApprove: true as const,
    })),
    fc
      .tuple(matches, fc.constantFrom(...severities))
      .map(([match, findingsUpTo]) => ({
        name: 'harmless',
        match: { ...match, findingsUpTo },
        autoApprove: true as const,
      })),
  ),
  { maxLength: 5 },
);
const defaults = fc.option(stages, { nil: undefined });

/** Every stage of the one is in the other, for as many people and accounts. */
function keepsStages(before: PolicyOutcome, after: PolicyOutcome) {
  for (const stage of before.stages) {
    const kept = after.stages.find(({ id }) => id === stage.id);
    expect(kept).toBeDefined();
    expect(kept!.count).toBeGreaterThanOrEqual(stage.count);
    expect(kept!.order).toBeGreaterThanOrEqual(stage.order!);
    expect(kept!.accountIds).toEqual(expect.arrayContaining(stage.accountIds));
  }
  for (const demand of before.demands!) {
    const { because, ...what } = demand;
    expect(after.demands).toContainEqual(expect.objectContaining(what));
  }
  if (!before.autoApproved) expect(after.autoApproved).toBe(false);
}

describe('what rules match', () => {
  const isAbout = (match: PolicyRule['match'], parts: Partial<PolicyAtom>) =>
    matchRule(match, atom(parts)).verdict;
  const root = { organizationalUnits: unknown };

  it.each<[string, PolicyRule['match'], Partial<PolicyAtom>, string]>([
    ['a unit by id', { organizationalUnits: ['ou-ex01-prod0000'] }, {}, 'yes'],
    [
      'what is nested in a unit',
      { organizationalUnits: ['Workloads'] },
      {},
      'yes',
    ],
    [
      'a unit by its whole path',
      { organizationalUnits: ['Workloads/Production'] },
      {},
      'yes',
    ],
    [
      'a unit of the same name elsewhere',
      { organizationalUnits: ['Production'] },
      {},
      'no',
    ],
    [
      'an account whose unit is unknown',
      { organizationalUnits: ['Workloads'] },
      root,
      'maybe',
    ],
    ['a tag', { tags: { 'data-class': ['int.*'] } }, {}, 'yes'],
    [
      'another value of a tag',
      { tags: { 'data-class': ['personal'] } },
      {},
      'no',
    ],
    [
      'an account without the tag',
      { tags: { 'data-class': ['personal'] } },
      { tags: {} },
      'maybe',
    ],
    [
      'a tag that objects have by nature',
      { tags: { constructor: ['.*'] } },
      {},
      'maybe',
    ],
    [
      'every kind of change',
      { changes: ['assignment', 'accessGroup'] },
      {},
      'yes',
    ],
    ['some kinds of change', { changes: ['assignment'] }, {}, 'maybe'],
    [
      'no kind of change',
      { changes: ['assignment'] },
      { changeKinds: ['accessGroup'] },
      'no',
    ],
    ['an actor', { filedByActor: true }, { filedByActor: true }, 'yes'],
    ['nobody but themselves', { filedByActor: true }, {}, 'no'],
    ['a worse finding', { findingsFrom: 'low' }, {}, 'yes'],
    ['only lesser findings', { findingsFrom: 'high' }, {}, 'no'],
    [
      'findings that may be missing',
      { findingsFrom: 'high' },
      { findings: { worst: null, isComplete: false } },
      'maybe',
    ],
    ['nothing worse', { findingsUpTo: 'medium' }, {}, 'yes'],
    ['something worse', { findingsUpTo: 'low' }, {}, 'no'],
    [
      'perhaps something worse',
      { findingsUpTo: 'low' },
      { findings: { worst: null, isComplete: false } },
      'maybe',
    ],
    ['another team', { teams: ['group:default/data'] }, {}, 'no'],
    ['standing access', { temporary: false }, {}, 'no'],
  ])('knows %s', (_what, match, parts, verdict) => {
    expect(isAbout(match, parts)).toBe(verdict);
  });

  it('says which facts it is missing', () => {
    expect(
      matchRule(
        { environments: ['prod'], tags: { cost: ['1'] } },
        atom({ environment: unknown }),
      ).unknown,
    ).toEqual([
      'the environment: nobody says',
      "the tag 'cost': the account has none",
    ]);
  });

  it('security rule 11: approves what an actor files only by a rule that says so', () => {
    const byActor = atom({
      environment: known('sandbox'),
      filedByActor: true,
    });
    expect(evaluate(policy, [byActor]).autoApproved).toBe(false);
    const forActors = rule(
      'assistants in the sandbox',
      { environments: ['sandbox'], filedByActor: true },
      { autoApprove: true },
    );
    expect(
      evaluate({ ...policy, rules: [...policy.rules, forActors] }, [byActor])
        .autoApproved,
    ).toBe(true);
  });

  it('asks a stage as late, and for as many, as any rule wants', () => {
    const outcome = evaluate(
      {
        rules: [
          rule('one', {}, { require: [{ ...security, count: 2 }] }),
          rule('two', {}, { require: [{ ...security, order: 2 }, owner] }),
        ],
      },
      [atom()],
    );
    expect(outcome.stages).toMatchObject([
      { name: 'account owner', order: 1, count: 1 },
      { name: 'security', order: 2, count: 2, because: ['one', 'two'] },
    ]);
  });

  it('asks for texts once, with all the rules that want them', () => {
    const ticket = { pattern: 'INC-\\d+', hint: 'The incident' };
    expect(
      evaluate(
        {
          rules: [
            rule('one', {}, { ticket }),
            rule('two', {}, { ticket }),
            rule('dev', { environments: ['dev'] }, { ticket: {} }),
          ],
        },
        [atom()],
      ).demands,
    ).toEqual([{ field: 'ticket', ...ticket, because: ['one', 'two'] }]);
  });
});

describe('effects of every kind', () => {
  const removal = atom({
    effect: 'loss',
    temporary: null,
    changeKinds: ['removeMembership'],
  });
  const unassigned = withoutAccount(atom({ changeKinds: ['permissionSet'] }));

  it('security rule 5: approves what carries nothing by itself only where a rule means it', () => {
    const group = {
      ...withoutAccount(atom({ changeKinds: ['accessGroup'] })),
      permissionSetName: '',
      accessLevel: unknown,
    };
    const approves = (
      match: Policy['rules'][number]['match'],
      of: PolicyAtom = group,
    ) =>
      evaluate(
        { ...policy, rules: [rule('alone', match, { autoApprove: true })] },
        [of],
      ).autoApproved;
    expect(approves({})).toBe(false);
    expect(approves({ changes: ['accessGroup'] })).toBe(true);
    expect(approves({ changes: ['membership'] })).toBe(false);
    // Whoever names a level means something that has one.
    const changes = ['accessGroup' as const];
    expect(approves({ changes, accessLevels: ['read'] })).toBe(false);
    // A permission set whose level is not known is not nothing.
    const set = { ...group, permissionSetName: 'Own' };
    expect(approves({ changes }, set)).toBe(false);
    const byTemplate = { ...group, filedByActor: true };
    expect(approves({ changes }, byTemplate)).toBe(false);
    expect(approves({ changes, filedByActor: true }, byTemplate)).toBe(true);
  });

  it('asks about what is taken away, and measures no span of it', () => {
    const outcome = evaluate(policy, [removal]);
    expect(names(outcome)).toEqual(['account owner']);
    expect(outcome).toMatchObject({ maxDuration: null, maxTotal: null });

    const standing = rule('standing', { temporary: false }, { deny: 'No.' });
    const ending = rule('ending', { temporary: true }, { deny: 'No.' });
    expect(
      evaluate({ rules: [standing, ending, production] }, [removal]).denials,
    ).toEqual([]);
  });

  it('asks of what touches no account whom the policy names for that', () => {
    const designers = { ...security, name: 'designers' };
    const withDesigners = { ...policy, defaultStageWithoutAccounts: designers };
    expect(names(evaluate(withDesigners, [unassigned]))).toEqual(['designers']);
    expect(names(evaluate(withDesigners, [atom(), unassigned]))).toEqual([
      'account owner',
      'designers',
    ]);
    // Else the default stage, which is nobody where it is the account owner.
    expect(evaluate(policy, [unassigned]).stages).toMatchObject([
      { name: 'account owner', accountIds: [] },
    ]);
    expect(evaluate({ rules: [] }, [unassigned]).denials).toHaveLength(1);
  });

  it('takes a rule about accounts for none of what touches no account', () => {
    const about: PolicyRule['match'][] = [
      { environments: ['unknown', 'sandbox'] },
      { accounts: ['555566667777'] },
      { organizationalUnits: ['Workloads'] },
      { tags: { any: ['.*'] } },
    ];
    for (const match of about) {
      expect(matchRule(match, unassigned).verdict).toBe('no');
    }
    const sets = rule(
      'sets',
      { changes: ['permissionSet'], accessLevels: ['read'] },
      { autoApprove: true },
    );
    expect(evaluate({ rules: [sets] }, [unassigned]).autoApproved).toBe(true);
  });

  it('security rule 4: lets a permission set change within the level that its holders have, whatever the longest span', () => {
    const change = (before: 'read' | 'admin', after: 'read' | 'admin') =>
      evaluate(policy, [
        atom({
          temporary: false,
          changeKinds: ['permissionSet'],
          accessLevel: known(after),
          accessLevelBefore: known(before),
        }),
      ]);
    expect(change('read', 'read').maxDuration).toBeNull();
    expect(change('admin', 'admin').maxDuration).toBeNull();
    expect(change('admin', 'read').maxDuration).toBeNull();
    expect(change('read', 'admin')).toMatchObject({
      maxDuration: 'PT4H',
      maxDurationBecause: ['powerful'],
    });
  });

  it('security rule 26: takes the longest span as the longest total, unless a rule says otherwise', () => {
    const week = rule('a week in all', {}, { maxTotal: 'P7D' });
    expect(evaluate({ rules: [production] }, [atom()])).toMatchObject({
      maxDuration: 'PT12H',
      maxTotal: 'PT12H',
      maxHeld: null,
    });
    expect(evaluate({ rules: [week, production] }, [atom()])).toMatchObject({
      maxDuration: 'PT12H',
      maxTotal: 'PT12H',
      maxHeld: 'P7D',
    });
    const both = { ...production, maxTotal: 'P2D' };
    expect(evaluate({ rules: [week, both] }, [atom()])).toMatchObject({
      maxDuration: 'PT12H',
      maxTotal: 'P2D',
      maxTotalBecause: ['production'],
      maxHeld: 'P2D',
    });
  });
});

describe('evaluatePolicy, whatever the rules', () => {
  it('security rule 5: gives the same for every order of rules and atoms', () => {
    fc.assert(
      fc.property(
        defaults,
        rules.chain(list =>
          fc.tuple(
            fc.constant(list),
            fc.shuffledSubarray(list, {
              minLength: list.length,
            }),
          ),
        ),
        atoms.chain(list =>
          fc.tuple(
            fc.constant(list),
            fc.shuffledSubarray(list, {
              minLength: list.length,
            }),
          ),
        ),
        (defaultStage, [inOrder, mixed], [some, mixedAtoms]) => {
          expect(evaluate({ defaultStage, rules: mixed }, mixedAtoms)).toEqual(
            evaluate({ defaultStage, rules: inOrder }, some),
          );
        },
      ),
    );
  });

  it('security rule 5: a further rule without autoApprove never drops a stage', () => {
    fc.assert(
      fc.property(
        defaults,
        rules,
        strictRules,
        atoms,
        (defaultStage, some, further, list) => {
          const before = evaluate({ defaultStage, rules: some }, list);
          const after = evaluate(
            { defaultStage, rules: [...some, further] },
            list,
          );
          keepsStages(before, after);
        },
      ),
    );
  });

  it('security rule 5: a further atom never drops a stage or a denial', () => {
    fc.assert(
      fc.property(
        defaults,
        rules,
        atoms,
        atoms,
        (defaultStage, some, list, more) => {
          const before = evaluate({ defaultStage, rules: some }, list);
          const after = evaluate({ defaultStage, rules: some }, [
            ...list,
            ...more,
          ]);
          keepsStages(before, after);
          expect(after.denials).toEqual(expect.arrayContaining(before.denials));
        },
      ),
    );
  });

  it('security rule 5: knowing less never asks for less', () => {
    fc.assert(
      fc.property(defaults, rules, atoms, (defaultStage, some, list) => {
        const before = evaluate({ defaultStage, rules: some }, list);
        const after = evaluate(
          { defaultStage, rules: some },
          list.map(known_ => ({
            ...known_,
            accessLevel: unknown,
            environment: unknown,
            organizationalUnits: unknown,
            tags: {},
            findings: { worst: null, isComplete: false },
          })),
        );
        keepsStages(before, after);
      }),
    );
  });
});

import { Change } from 'backstage-plugin-aws-access-common';
import { exampleConfig, example } from '../testing/examplePlan';
import {
  auditors,
  effectsInWords,
  estateFacts,
  exampleGroup,
  planInEstate,
  readers,
} from '../testing/exampleEstate';
import { beneficiariesOf, isBeneficiary } from '../approvals/beneficiariesOf';
import { evaluatePolicy } from '../policy/evaluatePolicy';
import { covers } from './covering/covers';
import { findProblems } from './problems/findProblems';
import { assignmentKey, membershipKey } from './objects/objectKeys';
import { planDigest } from './planDigest';
import { PlanFacts } from './facts/PlanFacts';
import { policyAtoms } from './effects/policyAtoms';

const joins = (person: string, groupId: string): Change => ({
  kind: 'membership',
  accessGroup: { entraGroupId: groupId },
  people: [`user:default/${person}`],
});
const assigns = (
  groupId: string,
  permissionSetArn: string,
  accountId: string,
): Change => ({
  kind: 'assignment',
  accessGroup: { entraGroupId: groupId },
  permissionSet: { arn: permissionSetArn },
  accounts: { kind: 'named', accountIds: [accountId] },
});

const withMembers = (...names: Array<keyof typeof example.entraIds>) =>
  estateFacts(facts =>
    facts.groups.set(
      readers.groupId,
      exampleGroup({
        memberIds: names.map(name => example.entraIds[name]).sort(),
      }),
    ),
  );

const sandbox = '999900001111';

/** There is an account in which everything is approved by itself. */
function sandboxIn({ accounts }: PlanFacts): void {
  const dev = accounts.get(example.dataDev)!;
  accounts.set(sandbox, {
    account: { ...dev.account, accountId: sandbox, name: 'sandbox-shared' },
    facts: {
      ...dev.facts,
      accountId: sandbox,
      environment: { known: true, value: 'sandbox', source: 'test' },
    },
  });
}

function judge(
  changes: Change[],
  duration: string | null = null,
  facts: ReturnType<typeof estateFacts> = estateFacts(),
) {
  const plan = planInEstate(changes, duration, facts);
  const atoms = policyAtoms(
    plan,
    { teamRef: 'group:default/payments', changes },
    facts,
  );
  return {
    atoms,
    outcome: evaluatePolicy(exampleConfig().policy, atoms, {
      mayAutoApprove: true,
    }),
  };
}

describe('attacks on the planner', () => {
  it('security rule 1: two harmless requests do not compose', () => {
    // Both are planned and approved while the other one is not done.
    const joining = planInEstate([joins('ben', readers.groupId)]);
    const giving = [
      assigns(readers.groupId, example.administrator, example.dataProd),
    ];
    const approved = planInEstate(giving);
    expect(effectsInWords(joining, 'gains')).toEqual(['ben ReadOnly data-dev']);
    expect(effectsInWords(approved, 'gains')).toEqual([
      'ana AdministratorAccess data-prod',
      'uma AdministratorAccess data-prod',
    ]);

    // The first is carried out; then the second would reach Ben, too.
    const now = planInEstate(giving, null, withMembers('ana', 'uma', 'ben'));
    expect(covers(approved, now)).toEqual({
      covered: false,
      because: [
        'AdministratorAccess on data-prod (555566667777) for Ben Brandt was not in the plan, or its permission set has changed.',
      ],
    });
    expect(planDigest(now)).not.toBe(planDigest(approved));

    // In the other order the joining would reach production.
    const joiningNow = planInEstate(
      [joins('ben', readers.groupId)],
      null,
      estateFacts(facts =>
        facts.groups.get(readers.groupId)!.assignments.push({
          accountId: example.dataProd,
          permissionSetArn: example.administrator,
        }),
      ),
    );
    expect(covers(joining, joiningNow).covered).toBe(false);
  });

  it('security rule 1: within one request both halves are seen together', () => {
    const plan = planInEstate([
      joins('ben', readers.groupId),
      assigns(readers.groupId, example.administrator, example.dataProd),
    ]);
    expect(effectsInWords(plan, 'gains')).toContain(
      'ben AdministratorAccess data-prod',
    );
  });

  it('security rule 3: who is in a touched group is in the digest; fewer of them are covered', () => {
    const giving = [
      assigns(readers.groupId, example.readOnly, example.dataProd),
    ];
    const approved = planInEstate(giving);
    const fewer = planInEstate(giving, null, withMembers('ana'));
    expect(planDigest(fewer)).not.toBe(planDigest(approved));
    expect(covers(approved, fewer).covered).toBe(true);
  });

  it('security rule 2: a scope is covered within its ceiling and its end only', () => {
    const all = (maxAccounts: number): Change => ({
      kind: 'assignment',
      accessGroup: { entraGroupId: readers.groupId },
      permissionSet: { arn: example.readOnly },
      accounts: { kind: 'all', maxAccounts },
    });
    const scope = (
      maxAccounts: number,
      duration: string | null,
      accountIds: string[] = [example.dataProd],
    ) =>
      planInEstate(
        [all(maxAccounts)],
        duration,
        estateFacts(facts => facts.accountsInScope.set(0, accountIds)),
      );
    const approved = scope(5, 'P30D');
    const covered = (small: typeof approved) => covers(approved, small).covered;

    expect(covered(scope(4, 'P30D'))).toBe(true);
    expect(covered(scope(5, 'P7D'))).toBe(true);
    expect(covered(scope(5, 'P30D', []))).toBe(true);
    expect(covered(scope(6, 'P30D'))).toBe(false);
    expect(covered(scope(5, null))).toBe(false);
    expect(
      covered(scope(5, 'P30D', [example.dataProd, example.paymentsProd])),
    ).toBe(false);
    // In an empty group nobody gains, and still there is an end.
    const empty = (duration: string | null) =>
      planInEstate(
        [assigns(readers.groupId, example.readOnly, example.dataProd)],
        duration,
        withMembers(),
      );
    expect(covers(empty('P1D'), empty('P2D'))).toEqual({
      covered: false,
      because: ['It would last longer.'],
    });
    expect(planDigest(scope(4, 'P30D'))).not.toBe(planDigest(approved));
  });

  it('security rule 2: a permission set is covered only as it was shown, before and after', () => {
    const change = (sessionDuration: string, now?: string) =>
      planInEstate(
        [
          {
            kind: 'permissionSet',
            key: 'readers',
            arn: example.readOnly,
            document: {
              name: 'ReadOnly',
              description: null,
              sessionDuration,
              relayState: null,
              managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
              customerManagedPolicies: [],
              inlinePolicy: null,
              permissionsBoundary: null,
              tags: {},
            },
          },
        ],
        null,
        estateFacts(({ holders, permissionSets }) => {
          holders.clear();
          if (now) {
            permissionSets.get(example.readOnly)!.set.document.sessionDuration =
              now;
          }
        }),
      );
    const approved = change('PT1H');
    expect(covers(approved, change('PT2H')).covered).toBe(false);
    // Somebody changed it meanwhile, so the difference is another one.
    expect(covers(approved, change('PT1H', 'PT12H')).covered).toBe(false);
    // Somebody did just that meanwhile.
    expect(covers(approved, change('PT1H', 'PT1H')).covered).toBe(true);
    // What was shown as there already is not to be made.
    expect(covers(change('PT1H', 'PT1H'), approved).covered).toBe(false);
  });

  it('a group that nobody is in is no way around the owner of production', () => {
    const empty = estateFacts(facts =>
      facts.groups.set(
        readers.groupId,
        exampleGroup({ memberIds: [], assignments: [] }),
      ),
    );
    const { atoms, outcome } = judge(
      [assigns(readers.groupId, example.administrator, example.dataProd)],
      'PT4H',
      empty,
    );
    expect(atoms).toEqual([
      expect.objectContaining({
        accountId: example.dataProd,
        effect: 'gain',
        environment: expect.objectContaining({ value: 'prod' }),
      }),
    ]);
    expect(outcome.stages.map(({ name }) => name)).toEqual([
      'account owner',
      'security',
    ]);
  });

  it('security rule 4: a changed permission set asks the owners of all its accounts', () => {
    const set: Change = {
      kind: 'permissionSet',
      key: 'readers',
      arn: example.readOnly,
      document: {
        name: 'ReadOnly',
        description: null,
        sessionDuration: 'PT8H',
        relayState: null,
        managedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'],
        customerManagedPolicies: [],
        inlinePolicy: null,
        permissionsBoundary: null,
        tags: {},
      },
    };
    // Nobody knows who is behind them, and still they are asked about.
    const facts = estateFacts(({ holders }) => {
      for (const holder of holders.get(example.readOnly)!) {
        holder.entraUserIds = [];
        holder.unknownPeople = 3;
      }
    });
    const { outcome, atoms } = judge([set], null, facts);
    expect(
      outcome.stages
        .map(({ name, accountIds }) => `${name} ${accountIds}`)
        .sort(),
    ).toEqual([
      `account owner ${example.paymentsProd}`,
      `account owner ${example.dataDev}`,
      'security ',
    ]);
    // It would make standing readers standing administrators.
    expect(outcome.denials).toEqual(['Administrator rights have an end.']);
    expect(outcome.maxDuration).toBeNull();
    expect(atoms).toHaveLength(4);
  });

  it('what touches no account does not ride along with what is approved by itself', () => {
    const facts = estateFacts(sandboxIn);
    const free = assigns(readers.groupId, example.readOnly, sandbox);
    expect(judge([free], null, facts).outcome.autoApproved).toBe(true);

    const rider: Change = {
      kind: 'permissionSet',
      key: 'all',
      document: {
        name: 'Everything',
        description: null,
        sessionDuration: 'PT1H',
        relayState: null,
        managedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'],
        customerManagedPolicies: [],
        inlinePolicy: null,
        permissionsBoundary: null,
        tags: {},
      },
    };
    const both = judge([free, rider], null, facts);
    expect(both.outcome.autoApproved).toBe(false);
    expect(both.atoms[1]).toMatchObject({
      accountId: null,
      permissionSetName: 'Everything',
      accessLevel: { value: 'admin' },
    });
    // Nor does somebody who joins a group that has nothing yet.
    expect(
      judge([free, joins('ana', auditors.groupId)], null, facts).outcome
        .autoApproved,
    ).toBe(false);
  });

  it('taking away is asked about, and has no longest span', () => {
    const { outcome, atoms } = judge([
      {
        kind: 'removeElevation',
        people: ['user:default/ana'],
        permissionSet: { arn: example.readOnly },
        accounts: { kind: 'named', accountIds: [example.paymentsProd] },
      },
      {
        kind: 'removeAssignment',
        accessGroup: { entraGroupId: readers.groupId },
        permissionSet: { arn: example.readOnly },
        accounts: { kind: 'named', accountIds: [example.dataDev] },
      },
    ]);
    expect(atoms).toEqual([
      expect.objectContaining({
        accountId: example.dataDev,
        effect: 'loss',
        temporary: null,
      }),
    ]);
    expect(outcome).toMatchObject({ maxDuration: null, denials: [] });
    expect(outcome.stages.map(({ name }) => name)).toEqual(['account owner']);
  });

  it('security rule 1: what one request both gives and takes is refused, or a gain would show as a loss', () => {
    const findsIn = (changes: Change[], facts: PlanFacts) =>
      findProblems(
        {
          teamRef: 'group:default/payments',
          requesterRef: 'user:default/ana',
          duration: null,
          changes,
        },
        facts,
      ).map(({ message }) => message);
    // Both are there for a time only, so giving them prolongs them.
    const ending = estateFacts(({ endingObjects }) => {
      endingObjects.add(membershipKey(readers.groupId, example.entraIds.ana));
      endingObjects.add(
        assignmentKey(readers.groupId, example.dataDev, example.readOnly),
      );
    });
    const leaves: Change = {
      ...joins('ana', readers.groupId),
      kind: 'removeMembership',
    } as Change;
    const takes: Change = {
      ...assigns(readers.groupId, example.readOnly, example.dataDev),
      kind: 'removeAssignment',
    } as Change;
    for (const facts of [ending, estateFacts()]) {
      expect(
        findsIn([joins('ana', readers.groupId), leaves], facts),
      ).toContainEqual(expect.stringContaining('gives and takes away'));
      expect(
        findsIn(
          [assigns(readers.groupId, example.readOnly, example.dataDev), takes],
          facts,
        ),
      ).toContainEqual(expect.stringContaining('gives and takes away'));
    }
  });

  it('security rule 5: who joins a group that gives what they have already does not ride along with what is approved by itself', () => {
    // Ana may read in data-dev by another group for good.
    const facts = estateFacts((known: PlanFacts) => {
      known.groups.set(
        auditors.groupId,
        exampleGroup({
          groupId: auditors.groupId,
          displayName: 'AWS-payments-Auditors',
          memberIds: [example.entraIds.ben],
        }),
      );
      sandboxIn(known);
    });
    const changes = [
      joins('ana', auditors.groupId),
      joins('uma', readers.groupId),
      assigns(readers.groupId, example.readOnly, sandbox),
    ];
    const { atoms, outcome } = judge(changes, null, facts);
    expect(atoms).toContainEqual(
      expect.objectContaining({ accountId: example.dataDev, effect: 'gain' }),
    );
    expect(outcome.autoApproved).toBe(false);
    const plan = planInEstate(changes, null, facts);
    expect(
      isBeneficiary(
        { userRef: 'user:default/ana', entraUserId: example.entraIds.ana },
        beneficiariesOf([], plan),
      ),
    ).toBe(true);
  });

  it('security rule 6: who is in a group with a scope benefits from it, also while no account is in it', () => {
    const plan = planInEstate(
      [
        {
          kind: 'assignment',
          accessGroup: { entraGroupId: readers.groupId },
          permissionSet: { arn: example.readOnly },
          accounts: { kind: 'tag', key: 'team', value: 'new', maxAccounts: 20 },
        },
      ],
      'P30D',
      estateFacts(facts => facts.accountsInScope.set(0, [])),
    );
    expect(plan.gains).toEqual([]);
    expect(
      isBeneficiary(
        { userRef: 'user:default/uma', entraUserId: example.entraIds.uma },
        beneficiariesOf([], plan),
      ),
    ).toBe(true);
  });
});

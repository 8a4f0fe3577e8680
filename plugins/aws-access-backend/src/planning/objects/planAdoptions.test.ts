import { Change } from 'backstage-plugin-aws-access-common';
import { evaluatePolicy } from '../../policy/evaluatePolicy';
import {
  estateFacts,
  exampleGroup,
  planInEstate,
  readers,
} from '../../testing/exampleEstate';
import { example, exampleConfig } from '../../testing/examplePlan';
import { covers } from '../covering/covers';
import { findProblems } from '../problems/findProblems';
import { assignmentKey, membershipKey } from './objectKeys';
import { planDigest } from '../planDigest';
import { PlanFacts } from '../facts/PlanFacts';
import { policyAtoms } from '../effects/policyAtoms';
import { requestTitle } from '../words/requestTitle';

const adoptsReaders: Change = {
  kind: 'adoptAccessGroup',
  accessGroup: { entraGroupId: readers.groupId },
};
const adoptsReadOnly: Change = {
  kind: 'adoptPermissionSet',
  permissionSet: { arn: example.readOnly },
};
const { ana, uma } = example.entraIds;

/** Somebody else made the readers. */
const estate = (change: (facts: PlanFacts) => void = () => {}) =>
  estateFacts(facts => {
    facts.groups.set(readers.groupId, exampleGroup({ isOurs: false }));
    change(facts);
  });
const plan = (changes: Change[], facts = estate()) =>
  planInEstate(changes, null, facts);
const atomsOf = (changes: Change[], facts = estate()) =>
  policyAtoms(
    plan(changes, facts),
    { teamRef: 'group:default/payments', changes },
    facts,
  );
const problemsOf = (
  changes: Change[],
  facts = estate(),
  duration: string | null = null,
) =>
  findProblems(
    {
      teamRef: 'group:default/payments',
      requesterRef: 'user:default/ana',
      duration,
      changes,
    },
    facts,
  ).map(({ path, message }) => `${path}: ${message}`);

describe('security rule 18: adopting is a change like any other', () => {
  it('security rule 18: shows everything that a group carries, and changes none of it', () => {
    const adoption = plan([adoptsReaders]);
    expect(adoption.gains).toEqual([]);
    expect(adoption.losses).toEqual([]);
    expect(adoption.adopts).toEqual(
      [ana, uma].sort().map(entraUserId => ({
        entraUserId,
        permissionSetArn: example.readOnly,
        documentDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
        accountId: example.dataDev,
        seconds: null,
      })),
    );
    expect(adoption.objects.map(({ kind, action }) => [kind, action])).toEqual([
      ['accessGroup', 'adopt'],
      ['applicationAssignment', 'adopt'],
      ['membership', 'adopt'],
      ['membership', 'adopt'],
      ['accountAssignment', 'adopt'],
    ]);
    for (const { before, after } of adoption.objects) {
      expect(after).toEqual(before);
    }
    expect(adoption.sentences).toEqual([
      'Takes the Entra group AWS-payments-Readers under management, with 2 members and 1 assignment.',
      '2 people keep the access to 1 account that is taken under management; nothing of it changes in Entra ID or AWS.',
      'Giving back what is taken under management removes the access itself: the groups, memberships, assignments and permission sets.',
      'Nothing else is changed.',
    ]);
    expect(
      requestTitle(adoption, { entraUserId: ana, displayName: 'Ana Alves' }),
    ).toBe(
      'Ana Alves asks to take the access group AWS-payments-Readers under management',
    );
  });

  it('security rule 18: shows everybody who has a permission set', () => {
    const adoption = plan([adoptsReadOnly]);
    expect(
      adoption.adopts?.map(({ accountId, entraUserId }) => [
        accountId,
        entraUserId,
      ]),
    ).toEqual(
      expect.arrayContaining([
        [example.dataDev, ana],
        [example.dataDev, uma],
        [example.paymentsProd, example.entraIds.petra],
      ]),
    );
    expect(adoption.objects).toMatchObject([
      { kind: 'permissionSet', action: 'adopt', id: example.readOnly },
    ]);
  });

  it('security rule 18: asks the owners of all accounts that it reaches', () => {
    const places = (changes: Change[]) =>
      atomsOf(changes).map(({ accountId, effect, temporary }) => ({
        accountId,
        effect,
        temporary,
      }));
    expect(places([adoptsReaders])).toEqual([
      { accountId: example.dataDev, effect: 'gain', temporary: false },
    ]);
    expect(places([adoptsReadOnly]).map(({ accountId }) => accountId)).toEqual([
      example.dataDev,
      example.paymentsProd,
    ]);
    const { policy } = exampleConfig();
    const outcome = evaluatePolicy(policy, atomsOf([adoptsReadOnly]), {
      mayAutoApprove: true,
    });
    // Nothing begins that a longest span could be about.
    expect(outcome.maxDuration).toBeNull();
    expect(outcome.autoApproved).toBe(false);
    expect(outcome.stages.length).toBeGreaterThan(0);
  });

  it('security rule 18: is approved by itself only by a rule that names the kind', () => {
    const judge = (changes?: ['adoptAccessGroup'] | ['membership']) =>
      evaluatePolicy(
        {
          ...exampleConfig().policy,
          rules: [{ name: 'any', match: { changes }, autoApprove: true }],
        },
        atomsOf([adoptsReaders]),
        { mayAutoApprove: true },
      ).autoApproved;
    expect(judge()).toBe(false);
    expect(judge(['membership'])).toBe(false);
    expect(judge(['adoptAccessGroup'])).toBe(true);
  });

  it('security rule 18: an approval of it covers nothing else, and no other one covers it', () => {
    const adoption = plan([adoptsReaders]);
    const giving = planInEstate([
      {
        kind: 'assignment',
        accessGroup: { entraGroupId: readers.groupId },
        permissionSet: { arn: example.readOnly },
        accounts: { kind: 'named', accountIds: [example.dataProd] },
      },
    ]);
    const without = (change: (facts: PlanFacts) => void) =>
      plan([adoptsReaders], estate(change));
    const group = (facts: PlanFacts) => facts.groups.get(readers.groupId)!;

    expect(covers(adoption, adoption).covered).toBe(true);
    expect(covers(adoption, giving).covered).toBe(false);
    expect(covers(giving, adoption).covered).toBe(false);
    // Somebody left; nobody has to be asked for less.
    expect(
      covers(
        adoption,
        without(facts => group(facts).memberIds.splice(0, 1)),
      ).covered,
    ).toBe(true);
    const more = without(facts =>
      group(facts).memberIds.push(example.entraIds.ben),
    );
    expect(planDigest(more)).not.toBe(planDigest(adoption));
    expect(covers(adoption, more)).toMatchObject({
      because: expect.arrayContaining([
        'ReadOnly on data-dev (555566669999) for Ben Brandt would come under management as well, or its permission set has changed.',
      ]),
    });
    // Made to be there it would be something else, under any name.
    const made = {
      ...adoption,
      objects: adoption.objects.map(object => ({
        ...object,
        action: 'create' as const,
      })),
    };
    expect(covers(adoption, made).covered).toBe(false);
    const set = plan([adoptsReadOnly]);
    const kept = {
      ...set,
      objects: set.objects.map(object => ({
        ...object,
        action: 'untouched' as const,
      })),
    };
    expect(covers(set, kept).covered).toBe(false);
  });

  it('security rule 18: leaves what this product made to its own reasons and ends', () => {
    const own = [
      membershipKey(readers.groupId, ana),
      assignmentKey(readers.groupId, example.dataDev, example.readOnly),
    ];
    const rest = plan(
      [adoptsReaders],
      estate(facts => {
        facts.groups.get(readers.groupId)!.isOurs = true;
        facts.ownParts = new Set([`application/${readers.groupId}`, ...own]);
      }),
    );
    expect(rest.objects.map(({ kind, action }) => [kind, action])).toEqual([
      ['accessGroup', 'untouched'],
      ['membership', 'adopt'],
    ]);
    expect(rest.sentences[0]).toBe(
      'Takes it under management that Uma Ude is in AWS-payments-Readers.',
    );
  });

  it.each<[string, Change, (facts: PlanFacts) => void, string]>([
    [
      'a group that a person owns',
      adoptsReaders,
      facts => (facts.groups.get(readers.groupId)!.otherOwners = 1),
      'changes.0.accessGroup.entraGroupId: Somebody else owns the group',
    ],
    [
      'a group that is not ours to remove',
      adoptsReaders,
      facts => (facts.groups.get(readers.groupId)!.ownedByUs = false),
      "changes.0.accessGroup.entraGroupId: This portal's service principal does not own",
    ],
    [
      'a group that is in Entra alone',
      adoptsReaders,
      facts => (facts.groups.get(readers.groupId)!.storeGroupId = null),
      'changes.0.accessGroup.entraGroupId: The group AWS-payments-Readers',
    ],
    [
      'a protected group',
      adoptsReaders,
      facts => facts.config.protected.groups.push('AWS-payments-Readers'),
      'changes.0.accessGroup.entraGroupId: No request can touch the group',
    ],
    [
      'a group with a protected permission set',
      adoptsReaders,
      facts => facts.config.protected.permissionSets.push('ReadOnly'),
      'changes.0.accessGroup.entraGroupId: No request can touch the group',
    ],
    [
      'a protected permission set',
      adoptsReadOnly,
      facts => facts.config.protected.permissionSets.push('ReadOnly'),
      'changes.0.permissionSet.arn: The permission set ReadOnly is protected',
    ],
    [
      'a permission set of a protected account',
      adoptsReadOnly,
      facts => facts.config.protected.accounts.push(example.paymentsProd),
      'changes.0.permissionSet.arn: The permission set ReadOnly is also assigned',
    ],
    [
      'a permission set that is ours',
      adoptsReadOnly,
      facts => facts.ownPermissionSets.add(example.readOnly),
      'changes.0.permissionSet.arn: The permission set ReadOnly is under management',
    ],
  ])('security rule 18: does not adopt %s', (_, change, facts, problem) => {
    expect(problemsOf([change])).not.toContainEqual(
      expect.stringContaining(problem),
    );
    expect(problemsOf([change], estate(facts))).toContainEqual(
      expect.stringContaining(problem),
    );
  });

  it('security rule 18: has no end, at which the access would go unasked', () => {
    expect(problemsOf([adoptsReaders], estate(), 'PT8H')).toEqual([
      'duration: What is taken under management has no end: at that end the access itself would go.',
    ]);
    expect(problemsOf([adoptsReaders])).toEqual([]);
  });

  it('security rule 18: an annotation in the catalog adopts nothing', () => {
    const annotated = estate(facts => {
      facts.team!.accessGroupNames = ['AWS-payments-Readers'];
    });
    const [group] = planInEstate(
      [
        {
          kind: 'membership',
          accessGroup: { entraGroupId: readers.groupId },
          people: ['user:default/ben'],
        },
      ],
      null,
      annotated,
    ).objects;
    expect(group.action).toBe('untouched');
    expect(
      problemsOf(
        [
          {
            kind: 'removeAccessGroup',
            accessGroup: { entraGroupId: readers.groupId },
          },
        ],
        annotated,
      ),
    ).toEqual([expect.stringContaining('This product did not make the group')]);
  });
});

it('security rule 15: does not plan to fill a group that others may fill', () => {
  const owned = (otherOwners: number | null) =>
    estateFacts(facts => {
      facts.groups.get(readers.groupId)!.otherOwners = otherOwners;
    });
  const joins: Change = {
    kind: 'membership',
    accessGroup: { entraGroupId: readers.groupId },
    people: ['user:default/ben'],
  };
  const gives: Change = {
    kind: 'assignment',
    accessGroup: { entraGroupId: readers.groupId },
    permissionSet: { arn: example.readOnly },
    accounts: { kind: 'named', accountIds: [example.dataProd] },
  };
  expect(problemsOf([joins, gives], owned(2))).toEqual(
    [0, 1].map(
      index =>
        `changes.${index}.accessGroup.entraGroupId: 2 others own the group AWS-payments-Readers (${readers.groupId}), who can put people into it without any approval.`,
    ),
  );
  expect(problemsOf([joins], owned(0))).toEqual([]);
  // What was not read is looked at when the request starts.
  expect(problemsOf([joins], owned(null))).toEqual([]);
  // What is there can always be taken away.
  expect(
    problemsOf(
      [{ ...joins, kind: 'removeMembership', people: ['user:default/ana'] }],
      owned(2),
    ),
  ).toEqual([]);
});

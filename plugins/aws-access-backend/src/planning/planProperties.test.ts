import {
  Change,
  Narrowing,
  permissionSetDocumentSchema,
  Plan,
} from 'backstage-plugin-aws-access-common';
import fc from 'fast-check';
import { narrowWishes } from '../requests/deciding/narrowWishes';
import {
  auditors,
  estateFacts,
  exampleGroup,
  readers,
} from '../testing/exampleEstate';
import { example, exampleChanges } from '../testing/examplePlan';
import { covers } from './covering/covers';
import { planDigest } from './planDigest';
import { PlanFacts } from './facts/PlanFacts';
import { planRequest } from './planRequest';

const ACCOUNTS = [example.dataDev, example.dataProd, example.paymentsProd];
const SETS = [example.readOnly, example.administrator];
const PEOPLE = ['user:default/ana', 'user:default/ben'];

const people = fc.subarray(PEOPLE, { minLength: 1 });
const accounts = fc
  .subarray(ACCOUNTS, { minLength: 1 })
  .map(accountIds => ({ kind: 'named' as const, accountIds }));
const permissionSet = fc.constantFrom(...SETS).map(arn => ({ arn }));
const accessGroup = fc
  .constantFrom(readers.groupId, auditors.groupId)
  .map(entraGroupId => ({ entraGroupId }));
const kind = <Kind extends Change['kind']>(name: Kind) => fc.constant(name);

const gives: fc.Arbitrary<Change[]> = fc.oneof(
  fc
    .record({
      people,
      accountIds: fc.subarray(ACCOUNTS, { minLength: 1 }),
      permissionSet: fc.constantFrom(...SETS),
    })
    .map(exampleChanges),
  fc.tuple(fc.record({ kind: kind('membership'), accessGroup, people })),
  fc.tuple(
    fc.record({ kind: kind('elevation'), people, permissionSet, accounts }),
  ),
  fc.tuple(
    fc.record({
      kind: kind('assignment'),
      accessGroup,
      permissionSet,
      accounts: fc.oneof(
        accounts,
        fc.record({
          kind: fc.constant('all' as const),
          maxAccounts: fc.integer({ min: 3, max: 9 }),
        }),
      ),
    }),
  ),
);
const takes: fc.Arbitrary<Change[]> = fc.oneof(
  fc.tuple(fc.record({ kind: kind('removeMembership'), accessGroup, people })),
  fc.tuple(
    fc.record({
      kind: kind('removeElevation'),
      people,
      permissionSet,
      accounts,
    }),
  ),
  fc.tuple(
    fc.record({
      kind: kind('removeAssignment'),
      accessGroup,
      permissionSet,
      accounts,
    }),
  ),
  fc.tuple(
    fc.record({
      kind: kind('permissionSet'),
      key: fc.constant('set'),
      arn: fc.constant(example.readOnly),
      document: fc.constantFrom('PT1H', 'PT2H', 'PT8H').map(sessionDuration =>
        permissionSetDocumentSchema.parse({
          name: 'ReadOnly',
          sessionDuration,
        }),
      ),
    }),
  ),
);

/** Wishes of all kinds, whether or not they would be accepted together. */
const wishes = fc
  .record({
    gives: fc.array(gives, { minLength: 1, maxLength: 2 }),
    takes: fc.option(takes, { nil: [] }),
    duration: fc.constantFrom('PT1H', 'PT8H', null),
  })
  .map(({ gives: given, takes: taken, duration }) => ({
    duration,
    // The new group of two wishes would be one.
    changes: [...given.flat(), ...taken].filter(
      (change, index, all) =>
        change.kind !== 'accessGroup' ||
        all.findIndex(other => other.kind === 'accessGroup') === index,
    ),
  }));

/** The estate as it may be: who is in the group, and what is there already. */
const estates = fc
  .record({
    members: fc.subarray(Object.values(example.entraIds)),
    isGiven: fc.boolean(),
  })
  .map(({ members, isGiven }) =>
    estateFacts((facts: PlanFacts) => {
      for (let index = 0; index < 6; index++) {
        facts.accountsInScope.set(index, ACCOUNTS);
      }
      facts.groups.set(
        readers.groupId,
        exampleGroup({
          memberIds: members,
          assignments: isGiven
            ? [
                {
                  accountId: example.dataDev,
                  permissionSetArn: example.readOnly,
                },
              ]
            : [],
        }),
      );
      const [group, ...others] = facts.holders.get(example.readOnly)!;
      facts.holders.set(
        example.readOnly,
        isGiven ? [{ ...group, entraUserIds: members }, ...others] : others,
      );
    }),
  );

const teamRef = 'group:default/payments';
const planned = fc.tuple(wishes, estates).map(([wish, facts]) => ({
  wish,
  facts,
  plan: planRequest({ teamRef, ...wish }, facts),
}));
const isCovered = (big: Plan, small: Plan) => covers(big, small).covered;

/** What an approver agrees to; who is in a group shows in gains and losses. */
function agreedTo(plan: Plan): string {
  return planDigest({
    ...plan,
    people: [],
    accounts: [],
    permissionSets: [],
    objects: plan.objects.map(object =>
      object.kind === 'accessGroup' && object.action === 'untouched'
        ? { ...object, before: null, after: null }
        : object,
    ),
  });
}

describe('plans of every kind of change', () => {
  it('security rule 2: covers is reflexive', () => {
    fc.assert(
      fc.property(planned, ({ plan }) => {
        expect(covers(plan, plan)).toEqual({ covered: true });
      }),
    );
  });

  it('security rule 2: covers is transitive, and both ways only where the same is agreed to', () => {
    // Plans of the same wishes in different estates, so that coverage is common.
    const related = fc
      .tuple(wishes, estates, estates, estates)
      .map(([wish, ...facts]) =>
        facts.map(known => planRequest({ teamRef, ...wish }, known)),
      );
    fc.assert(
      fc.property(
        fc.oneof(
          related,
          fc.array(
            planned.map(({ plan }) => plan),
            { minLength: 3, maxLength: 3 },
          ),
        ),
        ([one, two, three]) => {
          const hasGap =
            isCovered(one, two) &&
            isCovered(two, three) &&
            !isCovered(one, three);
          expect(hasGap).toBe(false);
          const isBothWays = isCovered(one, two) && isCovered(two, one);
          expect(!isBothWays || agreedTo(one) === agreedTo(two)).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('security rule 3: the digest does not depend on any order', () => {
    fc.assert(
      fc.property(planned, ({ wish, facts, plan }) => {
        const reversed: Plan = {
          ...plan,
          objects: [...plan.objects].reverse(),
          gains: [...plan.gains].reverse(),
          losses: [...plan.losses].reverse(),
          people: [...plan.people].reverse(),
          accounts: [...plan.accounts].reverse(),
          permissionSets: [...plan.permissionSets].reverse(),
          findings: [...plan.findings].reverse(),
        };
        expect(planDigest(reversed)).toBe(planDigest(plan));
        const again = planRequest({ teamRef, ...wish }, facts);
        expect(planDigest(again)).toBe(planDigest(plan));
      }),
    );
  });

  it('security rule 2: narrowing is covered by what was narrowed', () => {
    const narrowed = fc
      .tuple(
        planned,
        fc.subarray(ACCOUNTS, { minLength: 1 }),
        fc.subarray(PEOPLE, { minLength: 1 }),
        fc.constantFrom('PT1H', undefined),
      )
      .map(([of, accountIds, stay, duration]) => ({
        ...of,
        to: {
          accountIds: accountIds.filter(id =>
            of.plan.accounts.some(account => account.id === id),
          ),
          people: stay.filter(ref =>
            of.plan.people.some(person => person.entityRef === ref),
          ),
          ...(duration && { duration }),
        } as Narrowing,
      }));
    fc.assert(
      fc.property(narrowed, ({ wish, facts, plan, to }) => {
        let less;
        try {
          less = narrowWishes(wish, plan, to);
        } catch {
          return;
        }
        const coverage = covers(plan, planRequest({ teamRef, ...less }, facts));
        // Who gets back what they lose by the same request loses it when that is
        // left out: a finding that is new, so that the narrowing is refused.
        const because = coverage.covered
          ? []
          : coverage.because.filter(
              reason => !reason.startsWith('Takes access away: '),
            );
        expect(because).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('whatever is planned is told in words that name no undefined thing', () => {
    fc.assert(
      fc.property(planned, ({ plan }) => {
        const text = JSON.stringify([
          plan.sentences,
          plan.objects.map(({ summary }) => summary),
        ]);
        expect(text).not.toMatch(/undefined|null|NaN|\[object/);
      }),
    );
  });
});

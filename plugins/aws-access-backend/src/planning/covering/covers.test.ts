import { Plan } from 'backstage-plugin-aws-access-common';
import fc from 'fast-check';
import {
  example,
  exampleChanges,
  exampleFacts,
  examplePins,
} from '../../testing/examplePlan';
import { covers } from './covers';
import { planDigest } from '../planDigest';
import { PlanFacts } from '../facts/PlanFacts';
import { planRequest } from '../planRequest';

function plan(
  parts: {
    people?: string[];
    accountIds?: string[];
    permissionSet?: string;
    duration?: string | null;
  } = {},
  change: (facts: PlanFacts) => void = () => {},
): Plan {
  const facts = exampleFacts();
  change(facts);
  return planRequest(
    {
      teamRef: 'group:default/payments',
      duration: parts.duration === undefined ? 'PT8H' : parts.duration,
      changes: exampleChanges(parts),
    },
    { ...facts, pins: examplePins },
  );
}

const both = ['user:default/ana', 'user:default/ben'];

const followUp = {
  template: 'template:default/deploy',
  contentDigest: 'a',
  values: { name: 'ledger' },
};

describe('covers', () => {
  it('rule 3: says yes to leaving out what follows, and to nothing else that follows', () => {
    const big = { ...plan(), followUp };
    expect(covers(big, plan())).toEqual({ covered: true });
    expect(covers(big, { ...plan(), followUp })).toEqual({ covered: true });
    for (const changed of [{ contentDigest: 'b' }, { values: {} }]) {
      const small = { ...plan(), followUp: { ...followUp, ...changed } };
      expect(covers(big, small)).toMatchObject({ covered: false });
    }
    expect(covers(plan(), big)).toMatchObject({ covered: false });
  });

  it.each<[string, Plan, Plan]>([
    ['the same', plan(), plan()],
    ['fewer people', plan({ people: both }), plan()],
    [
      'fewer accounts',
      plan({ accountIds: [example.dataProd, example.dataDev] }),
      plan(),
    ],
    ['a shorter time', plan({ duration: null }), plan({ duration: 'PT1H' })],
  ])('says yes to %s', (_what, big, small) => {
    expect(covers(big, small)).toEqual({ covered: true });
  });

  it.each<[string, Plan, Plan, string]>([
    ['more people', plan(), plan({ people: both }), 'for Ben Brandt'],
    [
      'another account',
      plan(),
      plan({ accountIds: [example.dataDev] }),
      'data-dev (555566669999)',
    ],
    ['a longer time', plan(), plan({ duration: 'PT9H' }), 'last longer'],
    ['no end', plan(), plan({ duration: null }), 'last longer'],
    [
      'a permission set that was changed meanwhile',
      plan(),
      plan({}, facts => {
        facts.permissionSets.get(example.readOnly)!.set.documentDigest =
          'f'.repeat(64);
      }),
      'has changed',
    ],
    [
      'an account that became production',
      plan({ accountIds: [example.dataDev] }),
      plan({ accountIds: [example.dataDev] }, facts => {
        facts.accounts.get(example.dataDev)!.facts.environment = {
          known: true,
          value: 'prod',
          source: 'test',
        };
      }),
      'Production',
    ],
    [
      'another name of the group',
      plan(),
      plan({}, facts => {
        facts.groupNames.get('access')!.displayName = 'AWS-payments-ReadOnly-2';
      }),
      'not planned so',
    ],
    [
      'another organization behind the same id',
      plan(),
      { ...plan(), organization: { ...examplePins, tenantId: 'other' } },
      'organization',
    ],
  ])('says no to %s, and why', (_what, big, small, because) => {
    expect(covers(big, small)).toEqual({
      covered: false,
      because: expect.arrayContaining([expect.stringContaining(because)]),
    });
  });
});

const plans = fc
  .record({
    people: fc.subarray(both, { minLength: 1 }),
    accountIds: fc.subarray(
      [example.dataProd, example.dataDev, example.paymentsProd],
      { minLength: 1 },
    ),
    permissionSet: fc.constantFrom(example.readOnly, example.administrator),
    duration: fc.constantFrom('PT1H', 'PT8H', 'P2D', null),
  })
  .map(parts => plan(parts));

describe('covers and planDigest, whatever the plan', () => {
  it('security rule 2: covers is reflexive and transitive', () => {
    const covered = (big: Plan, small: Plan) => covers(big, small).covered;
    fc.assert(
      fc.property(plans, plans, plans, (one, two, three) => {
        const hasGap =
          covered(one, two) && covered(two, three) && !covered(one, three);
        expect({ isReflexive: covered(one, one), hasGap }).toEqual({
          isReflexive: true,
          hasGap: false,
        });
      }),
    );
  });

  it('security rule 3: plans of the same digest cover each other', () => {
    fc.assert(
      fc.property(plans, plans, (one, two) => {
        if (planDigest(one) !== planDigest(two)) return;
        expect(covers(one, two).covered && covers(two, one).covered).toBe(true);
      }),
    );
  });

  it('security rule 3: names, sentences and order for display are not in the digest', () => {
    fc.assert(
      fc.property(plans, shown => {
        const otherwise: Plan = {
          ...shown,
          people: [...shown.people].reverse().map(person => ({
            ...person,
            displayName: 'Somebody',
            entityRef: null,
          })),
          accounts: [...shown.accounts].reverse().map(account => ({
            ...account,
            name: 'renamed',
          })),
          objects: [...shown.objects].reverse().map(object => ({
            ...object,
            summary: '',
          })),
          gains: [...shown.gains].reverse(),
          findings: shown.findings.map(finding => ({
            ...finding,
            title: '',
            reason: '',
          })),
          sentences: [],
        };
        expect(planDigest(otherwise)).toBe(planDigest(shown));
      }),
    );
  });

  it.each<[string, (shown: Plan) => Plan]>([
    ['duration', shown => ({ ...shown, duration: 'PT7H' })],
    ['gains', shown => ({ ...shown, gains: [] })],
    ['losses', shown => ({ ...shown, losses: shown.gains })],
    [
      'pins',
      shown => ({
        ...shown,
        organization: { ...shown.organization, instanceArn: 'other' },
      }),
    ],
    [
      'severities',
      shown => ({
        ...shown,
        findings: shown.findings.map(finding => ({
          ...finding,
          severity: 'high' as const,
        })),
      }),
    ],
    [
      'documents',
      shown => ({
        ...shown,
        objects: shown.objects.map(object => ({ ...object, after: {} })),
      }),
    ],
    ['what follows', shown => ({ ...shown, followUp })],
    [
      'ids of existing objects',
      shown => ({
        ...shown,
        objects: shown.objects.map(object => ({ ...object, id: 'taken over' })),
      }),
    ],
  ])('rule 3: %s are in the digest', (_what, change) => {
    expect(planDigest(change(plan()))).not.toBe(planDigest(plan()));
  });
});

import { Finding } from 'backstage-plugin-aws-access-common';
import {
  example,
  exampleChanges,
  exampleFacts,
  examplePins,
} from '../../testing/examplePlan';
import { planDigest } from '../planDigest';
import { planRequest } from '../planRequest';
import { redactPlan } from './redactPlan';

const { ana, ben } = example.entraIds;

const nothing = {
  people: new Set<string>(),
  accounts: new Set<string>(),
  groups: new Set<string>(),
};

/** Ana and Ben get ReadOnly in data-prod; AWS knows neither of them yet. */
function examplePlan() {
  return planRequest(
    {
      teamRef: 'group:default/payments',
      duration: null,
      changes: exampleChanges({
        people: ['user:default/ana', 'user:default/ben'],
      }),
    },
    { ...exampleFacts(), pins: examplePins, inIdentityStore: new Set() },
  );
}

const finding = (parts: Partial<Finding>): Finding => ({
  id: 'any',
  severity: 'low',
  title: 'Any',
  reason: 'Whatever it says.',
  ...parts,
});

describe('redactPlan', () => {
  it('security rule 29: keeps back each finding that names somebody or an account that one may not read about', () => {
    const plan = examplePlan();
    const idsFor = (people: string[]) =>
      redactPlan(plan, { ...nothing, people: new Set(people) }).findings.map(
        ({ id }) => id,
      );
    const all = plan.findings.map(({ id }) => id);
    const ofPeople = [`not-in-aws-yet/${ana}`, `not-in-aws-yet/${ben}`];
    const ofAccounts = [
      `production/${example.dataProd}`,
      `standing-production/${example.dataProd}`,
    ];
    expect(all).toEqual(expect.arrayContaining([...ofPeople, ...ofAccounts]));

    expect(idsFor([ana, ben])).toEqual(all);
    expect(idsFor([ana])).toEqual(all.filter(id => id !== ofPeople[1]));
    expect(idsFor([])).toEqual(
      all.filter(id => ![...ofPeople, ...ofAccounts].includes(id)),
    );
  });

  it('security rule 29: goes by whom a finding names, whatever its id and words are', () => {
    const findings = [
      finding({ id: 'shown', about: { people: [ana], accounts: [] } }),
      finding({ id: 'both', about: { people: [ana, ben], accounts: [] } }),
      finding({ id: 'unknown' }),
      finding({ id: 'none', about: { people: [], accounts: [] } }),
    ];
    const shown = redactPlan(
      { ...examplePlan(), findings },
      { ...nothing, people: new Set([ana]) },
    );
    expect(shown.findings.map(({ id }) => id)).toEqual(['shown', 'none']);
  });

  it('says of a part neither that nobody gains nor that nothing else changes', () => {
    const plan = examplePlan();
    expect(plan.sentences).toContain('Nothing else is changed.');
    const { sentences } = redactPlan(plan, nothing);
    expect(sentences.join(' ')).not.toMatch(/Nobody|Nothing/);
  });
});

it('security rule 3: whom findings name is no part of what is agreed to', () => {
  const plan = examplePlan();
  const findings = plan.findings.map(({ about: _, ...rest }) => rest);
  expect(planDigest({ ...plan, findings })).toBe(planDigest(plan));
});

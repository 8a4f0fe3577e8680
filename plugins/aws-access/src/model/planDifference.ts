import { Plan } from 'backstage-plugin-aws-access-common';

/** What one plan says and another does not. */
export interface PlanDifference {
  added: string[];
  removed: string[];
}

/**
 * How a plan reads differently from the one that was on the screen: its
 * sentences, its objects and its findings. Empty although the digests differ
 * means that only documents or ids changed.
 */
export function comparePlans(seen: Plan, now: Plan): PlanDifference {
  const before = readPlan(seen);
  const after = readPlan(now);
  return {
    added: after.filter(line => !before.includes(line)),
    removed: before.filter(line => !after.includes(line)),
  };
}

function readPlan(plan: Plan): string[] {
  return [
    ...plan.sentences,
    ...plan.objects
      .filter(({ action }) => action !== 'untouched')
      .map(({ summary }) => summary),
    ...plan.findings.map(({ title, reason }) => `${title}: ${reason}`),
  ];
}

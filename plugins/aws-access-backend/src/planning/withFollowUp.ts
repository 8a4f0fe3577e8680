import { Plan, PlannedFollowUp } from 'backstage-plugin-aws-access-common';

/**
 * Makes what follows a request part of its plan, before anybody judges it. Pure.
 *
 * @param followUp - left out: nothing follows
 */
export function withFollowUp(plan: Plan, followUp?: PlannedFollowUp): Plan {
  return followUp
    ? {
        ...plan,
        followUp,
        sentences: [...plan.sentences, describe(followUp)],
      }
    : plan;
}

/** Nothing of it is left out: what is not read is not approved. */
function describe({ template, values }: PlannedFollowUp): string {
  const start = `When the access is usable, ${template} is started`;
  return Object.keys(values).length === 0
    ? `${start}.`
    : `${start} with ${JSON.stringify(values)}.`;
}

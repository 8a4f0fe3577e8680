import { Plan } from 'backstage-plugin-aws-access-common';
import { accountLabel, listLabel, spanLabel } from '../../wording/labels';

/** "without data-prod (5555...) and Ben Brandt, for 4 hr instead of 8 hr". Pure. */
export function describeNarrowing(before: Plan, after: Plan): string {
  const accounts = new Set(after.accounts.map(({ id }) => id));
  const people = new Set(after.people.map(person => person.entraUserId));
  const without = [
    ...before.accounts.filter(({ id }) => !accounts.has(id)).map(accountLabel),
    ...before.people
      .filter(person => !people.has(person.entraUserId))
      .map(person => person.displayName),
  ];
  return [
    ...(without.length > 0 ? [`without ${listLabel(without)}`] : []),
    ...(before.duration === after.duration
      ? []
      : [
          `${spanLabel(after.duration)} instead of ${spanLabel(
            before.duration,
          ).replace(/^for /, '')}`,
        ]),
  ].join(', ');
}

import { Change, Problem } from 'backstage-plugin-aws-access-common';
import { PlanFacts } from '../facts/PlanFacts';
import { planPermissionSet } from '../objects/planPermissionSet';

/**
 * What must have an end and what cannot have one: nobody would put back what a
 * request takes away or changes. Pure.
 */
export function findSpanKindProblems(
  input: { duration: string | null; changes: Change[] },
  facts: Pick<PlanFacts, 'permissionSets'>,
): Problem[] {
  if (input.duration === null) {
    return input.changes.some(({ kind }) => kind === 'elevation')
      ? [
          {
            path: 'duration',
            message: 'An elevation has an end.',
            fix: 'Choose how long, for example 4 hr.',
          },
        ]
      : [];
  }
  if (input.changes.some(({ kind }) => kind.startsWith('adopt'))) {
    return [
      {
        path: 'duration',
        message:
          'What is taken under management has no end: at that end the access itself would go.',
        fix: 'Leave the duration out, or ask for the rest in a request of its own.',
      },
    ];
  }
  return input.changes.some(change => isStanding(change, facts))
    ? [
        {
          path: 'duration',
          message:
            'What is removed, and a permission set that is changed, is not put back by itself, so it cannot have an end.',
          fix: 'Leave the duration out, or ask for the rest in a request of its own.',
        },
      ]
    : [];
}

function isStanding(
  change: Change,
  { permissionSets }: Pick<PlanFacts, 'permissionSets'>,
): boolean {
  if (change.kind === 'permissionSet') {
    return (
      change.arn !== undefined &&
      planPermissionSet(change, permissionSets) !==
        permissionSets.get(change.arn)
    );
  }
  return change.kind.startsWith('remove');
}

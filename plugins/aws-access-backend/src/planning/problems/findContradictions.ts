import { Problem } from 'backstage-plugin-aws-access-common';
import { AccessEdges } from '../effects/AccessEdges';
import { planAssignments } from '../objects/planAssignments';
import { PlanContext } from '../PlanContext';
import { planElevations } from '../objects/planElevations';
import { planMemberships } from '../objects/planMemberships';
import { planRemovals } from '../objects/planRemovals';

/**
 * What the same request gives and takes away. Removals are carried out first, so
 * that what is left is the gift, while the plan would speak of the loss: access
 * with an end could become access without one unseen (security rule 1). Pure.
 */
export function findContradictions(context: PlanContext): Problem[] {
  const removals = planRemovals(context, new AccessEdges());
  if (removals.length === 0) return [];
  // Naming a group that goes is a problem of its own.
  const goneGroups = removals.flatMap(({ kind, id }) =>
    kind === 'accessGroup' && id !== null ? [id] : [],
  );
  const taken = new Map(removals.map(object => [object.key, object]));
  const given = [
    ...planMemberships(context, new AccessEdges()),
    ...planAssignments(context, new AccessEdges()),
    ...planElevations(context, new AccessEdges()),
  ];
  return [...new Set(given.map(({ key }) => key))].flatMap(key => {
    const object = taken.get(key);
    if (!object || goneGroups.some(id => key.includes(`/${id}/`))) return [];
    return [
      {
        path: 'changes',
        message: `The request gives and takes away the same. ${object.summary}`,
        fix: 'Leave one of the two out.',
      },
    ];
  });
}

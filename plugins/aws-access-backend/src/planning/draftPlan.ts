import { PlanObject } from 'backstage-plugin-aws-access-common';
import { AccessEdges } from './effects/AccessEdges';
import { planAdoptions } from './objects/planAdoptions';
import { planAssignments } from './objects/planAssignments';
import { PlanContext, PlanDraft } from './PlanContext';
import { planElevations } from './objects/planElevations';
import { planGroups } from './objects/planGroups';
import { planMemberships } from './objects/planMemberships';
import { planPermissionSets } from './objects/planPermissionSets';
import { planRemovals } from './objects/planRemovals';

/**
 * The objects that a request makes, changes, removes or relies on, and the part
 * of the picture that they touch. Pure; tolerates facts in which something is
 * missing, so that problems can be found in what there is.
 */
export function draftPlan(context: PlanContext): PlanDraft {
  const edges = new AccessEdges();
  const objects = new Map<string, PlanObject>();
  for (const object of [
    ...planPermissionSets(context, edges),
    ...planGroups(context, edges),
    ...planMemberships(context, edges),
    ...planAssignments(context, edges),
    ...planElevations(context, edges),
    ...planRemovals(context, edges),
    ...planAdoptions(context),
  ]) {
    const before = objects.get(object.key);
    // What two changes name is one object, and doing something with it counts.
    if (!before || before.action === 'untouched') {
      objects.set(object.key, object);
    }
  }
  return { objects: [...objects.values()], edges };
}

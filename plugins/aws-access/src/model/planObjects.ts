import { PlanAction, PlanObject } from 'backstage-plugin-aws-access-common';

/** What takes something away is read first; what stays comes last. */
const ACTION_ORDER: PlanAction[] = [
  'remove',
  'change',
  'create',
  'adopt',
  'untouched',
];

/** The objects of a plan by what happens to them; empty groups are left out. */
export function groupByAction(
  objects: readonly PlanObject[],
): Array<{ action: PlanAction; objects: PlanObject[] }> {
  return ACTION_ORDER.map(action => ({
    action,
    objects: objects.filter(object => object.action === action),
  })).filter(group => group.objects.length > 0);
}

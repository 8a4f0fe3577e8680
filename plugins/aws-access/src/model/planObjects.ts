import { PlanAction, PlanObject } from 'backstage-plugin-aws-access-common';

/** What takes something away is read first; what stays comes last. */
export const ACTION_ORDER: PlanAction[] = [
  'remove',
  'change',
  'create',
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

/**
 * Whether a plan takes away or changes something and gives nobody anything that
 * could end: such a request is done when it is carried out.
 */
export function isLasting(objects: readonly PlanObject[]): boolean {
  const changed = objects.filter(({ action }) => action !== 'untouched');
  return (
    changed.length > 0 &&
    changed.every(({ action }) => action === 'remove' || action === 'change')
  );
}

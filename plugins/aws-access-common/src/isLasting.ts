import { PlanObject } from './wire/plan';

/**
 * Whether a plan takes away or changes something and gives nobody anything that
 * could end: such a request is done when it is carried out.
 *
 * @public
 */
export function isLasting(objects: readonly PlanObject[]): boolean {
  const changed = objects.filter(({ action }) => action !== 'untouched');
  return (
    changed.length > 0 &&
    changed.every(({ action }) => action === 'remove' || action === 'change')
  );
}

import type { EntraContext } from './GraphCall';

/**
 * A store setting: how long a new object stays invisible to readers, in
 * milliseconds; none by default. Graph's replicas lag behind its writes.
 *
 * @public
 */
export const VISIBILITY_DELAY_KEY = 'graph.visibilityDelayMs';

/** When an object that is made now can be read. */
export function visibleFrom({ store, clock }: EntraContext): number {
  return clock.now() + Number(store.getMeta(VISIBILITY_DELAY_KEY) ?? 0);
}

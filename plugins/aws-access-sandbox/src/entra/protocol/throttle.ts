import { GraphCall } from './GraphCall';
import { GraphError } from './GraphError';

/**
 * A store setting that makes Graph answer 429 for a while, for tests and for
 * showing what waiting looks like: `{"remaining":3,"retryAfterSeconds":2}`.
 */
export const THROTTLE_KEY = 'graph.throttle';

/** @throws GraphError 429 while the setting has refusals left */
export function throttle(call: GraphCall): void {
  const { store } = call.context;
  const { remaining, retryAfterSeconds } = JSON.parse(
    store.getMeta(THROTTLE_KEY) ?? '{"remaining":0}',
  );
  if (remaining > 0) {
    store.setMeta(
      THROTTLE_KEY,
      JSON.stringify({ remaining: remaining - 1, retryAfterSeconds }),
    );
    throw GraphError.tooManyRequests(retryAfterSeconds);
  }
}

import type { GraphError } from '../entra/protocol/GraphError';
import { toGraphError } from './answerRefusal';
import type { SandboxWeather } from './SandboxWeather';
import { describeGraphRequest } from './WeatherRequest';

/**
 * Lets the weather meet one request inside a `$batch`, which fails by itself: its 429 is inside a 200. A batch has one
 * connection, so nothing is dropped, and its items do not wait for each other.
 *
 * @returns the refusals before and after the item's effect
 */
export function meetBatchItem(
  weather: SandboxWeather | undefined,
  method: string,
  path: string,
): { before?: GraphError; after?: GraphError } {
  const refusal = weather?.meet(describeGraphRequest(method, path)).refusal;
  if (!refusal || refusal.type === 'drop') {
    return {};
  }
  return refusal.type === 'error' && refusal.when === 'after'
    ? { after: toGraphError(refusal) }
    : { before: toGraphError(refusal) };
}

/**
 * What lists cost more than one resource unit, from Microsoft's page on Graph's
 * throttling limits for identity and access.
 */
const COSTS: Array<[path: RegExp, units: number]> = [
  [/^\/users(\?|$)/, 2],
  [/^\/groups\/[^/?]+\/members(\?|$)/, 3],
];

/** How many of the tenant's resource units a call costs: one less with `$select`. */
export function graphUnits(method: string, path: string): number {
  if (method !== 'GET') return 1;
  const units = COSTS.find(([pattern]) => pattern.test(path))?.[1] ?? 1;
  return Math.max(1, units - Number(/[?&]\$select=/.test(path)));
}

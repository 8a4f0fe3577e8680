import type { GraphCall } from './GraphCall';

/** What some requests cost more than one, as documented for identity and access. */
const COSTS: [method: string, path: RegExp, cost: number][] = [
  ['GET', /^\/applications$/, 2],
  ['GET', /^\/users$/, 2],
  ['GET', /^\/groups\/[^/]+\/members$/, 3],
  ['GET', /^\/groups\/[^/]+\/transitiveMembers$/, 5],
  ['GET', /^\/servicePrincipals\/[^/]+\/appRoleAssignments$/, 2],
  ['POST', /^\/directoryObjects\/getByIds$/, 3],
  ['POST', /\/checkMemberGroups$/, 4],
];

/** Below this page size a list costs less. */
const SMALL_PAGE = 20;

/** How many resource units a request costs: fewer with `$select` and small pages, more with `$expand`. */
export function resourceUnits({ method, path, query }: GraphCall): number {
  const base =
    COSTS.find(
      ([wanted, pattern]) => wanted === method && pattern.test(path),
    )?.[2] ?? 1;
  const top = Number(query.get('$top') ?? SMALL_PAGE);
  return Math.max(
    1,
    base +
      Number(query.has('$expand')) -
      Number(query.has('$select')) -
      Number(top < SMALL_PAGE),
  );
}

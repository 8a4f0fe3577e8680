import { OrganizationalUnitEntry } from 'backstage-plugin-aws-access-common';
import { OrganizationalUnit } from '../clouds/AwsCloud';

/**
 * The units of one organization, as the places of its accounts tell them: each
 * before those below it, neighbours by name.
 */
export function toOrganizationalUnits(
  organizationId: string,
  places: Array<{ path: OrganizationalUnit[]; accounts: number }>,
): OrganizationalUnitEntry[] {
  const units = new Map<string, OrganizationalUnitEntry>();
  for (const { path, accounts } of places) {
    path.forEach(({ id, name }, depth) => {
      const known = units.get(id) ?? {
        organizationId,
        id,
        name,
        parentId: path[depth - 1]?.id ?? null,
        accounts: 0,
        accountsWithin: 0,
      };
      known.accountsWithin += accounts;
      if (depth === path.length - 1) known.accounts += accounts;
      units.set(id, known);
    });
  }
  const below = (parentId: string | null): OrganizationalUnitEntry[] =>
    [...units.values()]
      .filter(unit => unit.parentId === parentId)
      .sort((one, other) => one.name.localeCompare(other.name, 'en'))
      .flatMap(unit => [unit, ...below(unit.id)]);
  return below(null);
}

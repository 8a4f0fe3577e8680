import { EntraGroup } from './EntraCloud';

/**
 * Why a group cannot carry access, its members included; null = it can
 * (security rule 15).
 */
export function whyUnusable(
  group: Pick<EntraGroup, 'unusableBecause'>,
  nestedGroups: number,
): string | null {
  if (group.unusableBecause) return group.unusableBecause;
  return nestedGroups > 0
    ? 'It contains other groups, whose members SCIM does not carry to AWS.'
    : null;
}

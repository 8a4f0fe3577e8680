import {
  AccessEntry,
  AccessLevel,
  AccountRef,
  PermissionSet,
  PermissionSetUse,
  Severity,
} from 'backstage-plugin-aws-access-common';

/** How a list of permission sets is narrowed. */
export interface PermissionSetFilter {
  /** Part of a name, a description or a policy. */
  search: string;
  level: AccessLevel | undefined;
}

/** A permission set in the list, and where the reader has it. */
export interface PermissionSetListRow {
  id: string;
  permissionSet: PermissionSet;
  yours: AccountRef[];
  /** Where it is used, and its findings; undefined while they are counted. */
  use: PermissionSetUse | undefined;
}

/** From the widest to the narrowest. */
const BY_REACH: AccessLevel[] = [
  'admin',
  'power',
  'write',
  'custom',
  'billing',
  'read',
];

const ALARMS: Severity[] = ['info', 'low', 'medium', 'high'];

/** The rows of the list, each with the accounts in which the reader has it. */
export function listPermissionSets(
  permissionSets: readonly PermissionSet[],
  mine: readonly AccessEntry[],
  uses: readonly PermissionSetUse[],
): PermissionSetListRow[] {
  const useOf = new Map(uses.map(use => [use.arn, use]));
  return permissionSets.map(permissionSet => {
    const accounts = mine
      .filter(entry => entry.permissionSet.arn === permissionSet.arn)
      .map(({ account }) => account);
    return {
      id: permissionSet.arn,
      permissionSet,
      yours: [...new Map(accounts.map(one => [one.id, one])).values()],
      use: useOf.get(permissionSet.arn),
    };
  });
}

/** Those that pass a filter. */
export function filterPermissionSets(
  rows: readonly PermissionSetListRow[],
  filter: PermissionSetFilter,
): PermissionSetListRow[] {
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(({ permissionSet }) => {
    const text = searchTextOf(permissionSet);
    return (
      (!filter.level || permissionSet.accessLevel === filter.level) &&
      words.every(word => text.includes(word))
    );
  });
}

/** Sorts by a column of the table. */
export function sortPermissionSets(
  rows: PermissionSetListRow[],
  sort: { column: string | number; direction: 'ascending' | 'descending' },
): PermissionSetListRow[] {
  const sign = sort.direction === 'ascending' ? 1 : -1;
  return [...rows].sort((a, b) => {
    const byName = a.permissionSet.name.localeCompare(b.permissionSet.name);
    switch (sort.column) {
      case 'level':
        return sign * (reachOf(a) - reachOf(b)) || byName;
      case 'use':
        return (
          sign * (placesOf(a) - placesOf(b) || peopleOf(a) - peopleOf(b)) ||
          byName
        );
      case 'findings':
        return sign * (alarmOf(a) - alarmOf(b)) || byName;
      case 'yours':
        return sign * (a.yours.length - b.yours.length) || byName;
      default:
        return sign * byName;
    }
  });
}

function reachOf({ permissionSet }: PermissionSetListRow): number {
  return BY_REACH.indexOf(permissionSet.accessLevel);
}

function placesOf({ use }: PermissionSetListRow): number {
  return use?.accounts ?? 0;
}

function peopleOf({ use }: PermissionSetListRow): number {
  return use?.people ?? 0;
}

/** The worst finding decides, then how many there are. */
function alarmOf({ use }: PermissionSetListRow): number {
  const [worst] = use?.findings ?? [];
  if (!worst) return 0;
  const rank = ALARMS.indexOf(worst.severity) + 1;
  return rank * 1_000 + use!.findings.length;
}

function searchTextOf(set: PermissionSet): string {
  return [
    set.name,
    set.description,
    ...set.managedPolicies.map(({ name }) => name),
    ...set.customerManagedPolicies.map(({ name }) => name),
  ]
    .join(' ')
    .toLowerCase();
}

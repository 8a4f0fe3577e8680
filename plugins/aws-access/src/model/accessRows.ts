import {
  AccessEntry,
  AccountRef,
  Holder,
} from 'backstage-plugin-aws-access-common';
import { getPersonKey } from './accessMatrix';

/** What a table sorts by. */
interface Sort {
  column: string | number;
  direction: 'ascending' | 'descending';
}

/** One permission set and everybody who holds it anywhere. */
export interface PermissionSetRow {
  id: string;
  organizationId: string;
  permissionSet: AccessEntry['permissionSet'];
  accounts: AccountRef[];
  people: Holder[];
  temporary: number;
}

/** The same access, seen from its permission sets. */
export function groupByPermissionSet(
  entries: readonly AccessEntry[],
): PermissionSetRow[] {
  const rows = new Map<string, AccessEntry[]>();
  for (const entry of entries) {
    const { arn } = entry.permissionSet;
    rows.set(arn, [...(rows.get(arn) ?? []), entry]);
  }
  return [...rows].map(([arn, group]) => ({
    id: arn,
    organizationId: group[0].organizationId,
    permissionSet: group[0].permissionSet,
    accounts: uniqueBy(
      group.map(entry => entry.account),
      account => account.id,
    ),
    people: uniqueBy(
      group.flatMap(entry => entry.holders),
      getPersonKey,
    ),
    temporary: group.filter(entry => entry.standing === 'temporary').length,
  }));
}

/** Sorts entries by the columns of the table "by account". */
export function sortEntries(entries: AccessEntry[], sort: Sort): AccessEntry[] {
  return sortBy(entries, sort, {
    account: entry => entry.account.name,
    environment: entry => entry.account.environment,
    permissionSet: entry => entry.permissionSet.name,
    through: entry =>
      entry.path.via === 'group' ? entry.path.groupName : entry.path.via,
    people: entry => entry.holders.length,
    // Standing access has no end and belongs behind everything that has one.
    until: entry => entry.until ?? '~',
  });
}

/** Sorts rows by the columns of the table "by permission set". */
export function sortPermissionSetRows(
  rows: PermissionSetRow[],
  sort: Sort,
): PermissionSetRow[] {
  return sortBy(rows, sort, {
    permissionSet: row => row.permissionSet.name,
    accounts: row => row.accounts.length,
    people: row => row.people.length,
    temporary: row => row.temporary,
  });
}

function sortBy<Row>(
  rows: Row[],
  sort: Sort,
  values: Record<string, (row: Row) => string | number>,
): Row[] {
  const value = values[sort.column];
  if (!value) return rows;
  const factor = sort.direction === 'descending' ? -1 : 1;
  return [...rows].sort((a, b) => factor * compare(value(a), value(b)));
}

function compare(a: string | number, b: string | number) {
  return typeof a === 'number' && typeof b === 'number'
    ? a - b
    : String(a).localeCompare(String(b));
}

function uniqueBy<T>(items: T[], getKey: (item: T) => string): T[] {
  return [...new Map(items.map(item => [getKey(item), item])).values()];
}

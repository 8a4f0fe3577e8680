import {
  AccountRef,
  PermissionSetRef,
} from 'backstage-plugin-aws-access-common';
import { Duration } from 'luxon';

/** "data-prod (555566667777)": names can lie, ids cannot (security rule 32). */
export function accountLabel(account: Pick<AccountRef, 'id' | 'name'>): string {
  return `${account.name} (${account.id})`;
}

/** "ReadOnly (read)": the level is computed, whatever the name says. */
export function permissionSetLabel(
  set: Pick<PermissionSetRef, 'name' | 'accessLevel'>,
): string {
  return `${set.name} (${set.accessLevel})`;
}

/** "8 hr", "1 day 4 hr", "30 min": as the pages of the portal write it. */
export function durationLabel(iso: string): string {
  return Duration.fromISO(iso, { locale: 'en' })
    .shiftTo('days', 'hours', 'minutes')
    .normalize()
    .removeZeros()
    .toHuman({ unitDisplay: 'short', listStyle: 'narrow' })
    .replaceAll(', ', ' ');
}

/** "for 8 hr", or "with no end". */
export function spanLabel(duration: string | null): string {
  return duration === null ? 'with no end' : `for ${durationLabel(duration)}`;
}

/** "1 account", "3 accounts". */
export function countLabel(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** "a, b and c", or "a, b, c and 4 more" where a list would not be read. */
export function listLabel(names: string[], atMost = 5): string {
  const shown =
    names.length > atMost
      ? [...names.slice(0, atMost), `${names.length - atMost} more`]
      : names;
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(shown);
}

import { LeaseRow } from './LeaseStore';

/**
 * The accounts in which a request gave something that has ended, while it may go
 * on elsewhere.
 *
 * @param leases - all of the request
 */
export function endedAccounts(
  leases: Array<Pick<LeaseRow, 'object' | 'endedAt'>>,
): Set<string> {
  const accounts = new Map<string, boolean>();
  for (const { object, endedAt } of leases) {
    if (!('accountId' in object)) continue;
    const isLive = endedAt === null || accounts.get(object.accountId) === true;
    accounts.set(object.accountId, isLive);
  }
  return new Set(
    [...accounts].flatMap(([accountId, isLive]) => (isLive ? [] : accountId)),
  );
}

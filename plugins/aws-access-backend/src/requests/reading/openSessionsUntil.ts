import { Duration } from 'luxon';
import { LeaseRow } from '../../leases/LeaseStore';
import { RequestRow } from '../stores/RequestStore';

/**
 * Until when a session that was opened before the end may live, ISO-8601: AWS
 * ends no session when an assignment goes. Null where there is no end, or where
 * nothing was ever given. Pure.
 *
 * @param sessionDurations - ISO-8601, of the request's permission sets
 */
export function openSessionsUntil(
  row: Pick<RequestRow, 'state' | 'endsAt' | 'startsAt'>,
  leases: Array<Pick<LeaseRow, 'endedAt'>>,
  sessionDurations: string[],
): string | null {
  if (!row.startsAt) return null;
  const ended = leases
    .flatMap(lease => lease.endedAt ?? [])
    .sort()
    .pop();
  const isOver = row.state === 'ending' || row.state === 'ended';
  const end = isOver ? ended ?? row.endsAt : row.endsAt;
  if (!end) return null;
  const longest = Math.max(
    0,
    ...sessionDurations.map(iso => Duration.fromISO(iso).toMillis()),
  );
  return new Date(Date.parse(end) + longest).toISOString();
}

import { Duration } from 'luxon';
import { LeaseRow } from '../../leases/LeaseStore';
import { RequestRow } from '../stores/RequestStore';

/**
 * Until when a session that was opened in time may live, ISO-8601: AWS ends no
 * session when an assignment goes. Sessions are opened until AWS was seen without
 * the access, which for somebody who left a group is some time after its end. Null
 * where there is no end, where nothing was ever given, or where AWS may still open
 * sessions that have no end yet. Pure.
 *
 * @param sessionDurations - ISO-8601, of the request's permission sets
 */
export function openSessionsUntil(
  row: Pick<RequestRow, 'state' | 'endsAt' | 'startsAt' | 'updatedAt'>,
  leases: Array<Pick<LeaseRow, 'object' | 'removedAt'>>,
  sessionDurations: string[],
): string | null {
  if (!row.startsAt) return null;
  const end = endOf(row, leases);
  if (!end) return null;
  const longest = Math.max(
    0,
    ...sessionDurations.map(iso => Duration.fromISO(iso).toMillis()),
  );
  return new Date(Date.parse(end) + longest).toISOString();
}

/** The last moment at which a session may have been opened. */
function endOf(
  {
    state,
    endsAt,
    updatedAt,
  }: Pick<RequestRow, 'state' | 'endsAt' | 'updatedAt'>,
  leases: Array<Pick<LeaseRow, 'object' | 'removedAt'>>,
): string | null {
  // It is being taken away: until when AWS has opened sessions is not known yet.
  if (state === 'ending') return null;
  if (state !== 'ended') return endsAt;
  const removed = leases.filter(({ removedAt }) => removedAt !== null);
  // Entra shows first who has left a group; that AWS does is seen at the very end.
  if (removed.some(({ object }) => object.kind === 'membership')) {
    return updatedAt;
  }
  const last = removed
    .map(({ removedAt }) => removedAt!)
    .sort()
    .pop();
  return last ?? endsAt;
}

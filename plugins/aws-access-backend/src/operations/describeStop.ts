import { WriteStop } from 'backstage-plugin-aws-access-common';
import { DateTime } from 'luxon';

/** Why a write of the phase waits; undefined = no stop keeps it. Pure. */
export function describeStop(
  stops: WriteStop[],
  phase: 'grant' | 'removal',
): string | undefined {
  const stop = stops.find(
    ({ kind }) => kind === 'everything' || phase === 'grant',
  );
  return (
    stop &&
    `An operator has stopped ${
      stop.kind === 'everything' ? 'all writes' : 'everything that gives access'
    } until ${DateTime.fromISO(stop.until, { zone: 'utc' }).toFormat(
      'yyyy-MM-dd HH:mm',
    )} UTC: ${stop.reason}`
  );
}

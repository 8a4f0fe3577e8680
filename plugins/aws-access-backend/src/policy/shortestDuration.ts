import { Duration } from 'luxon';

/** The shortest of ISO-8601 durations; null when there are none. */
export function shortestDuration(durations: string[]): string | null {
  let shortest: string | null = null;
  for (const duration of durations) {
    if (shortest === null || secondsOf(duration) < secondsOf(shortest)) {
      shortest = duration;
    }
  }
  return shortest;
}

function secondsOf(duration: string): number {
  return Duration.fromISO(duration).as('seconds');
}

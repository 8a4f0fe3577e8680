const STEPS: Array<[Intl.RelativeTimeFormatUnit, number]> = [
  ['day', 24 * 60 * 60_000],
  ['hour', 60 * 60_000],
  ['minute', 60_000],
];

/**
 * A moment as seen from `now`: `2 minutes ago`, `in 3 hours`; null within the last
 * minute, for which languages have their own phrase.
 */
export function relativeTime(
  at: string,
  now: number,
  locale?: string,
): string | null {
  const difference = Date.parse(at) - now;
  const step = STEPS.find(([, size]) => Math.abs(difference) >= size);
  if (!step) return null;
  return new Intl.RelativeTimeFormat(locale, {
    numeric: 'always',
    style: 'long',
  }).format(Math.round(difference / step[1]), step[0]);
}

/** The moment itself, in the reader's own language and time zone. */
export function absoluteTime(
  at: string,
  options: {
    locale?: string;
    /** Without seconds and time zone. */
    isShort?: boolean;
  } = {},
): string {
  return new Intl.DateTimeFormat(options.locale, {
    dateStyle: 'medium',
    timeStyle: options.isShort ? 'short' : 'long',
  }).format(new Date(at));
}

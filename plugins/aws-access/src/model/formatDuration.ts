import { Duration } from 'luxon';

const UNITS = ['day', 'hour', 'minute'] as const;

/**
 * Milliseconds as the two largest units that matter: `3 hr 12 min`, `2 days`.
 * Under a minute it says one minute, so that a running thing never shows zero.
 */
export function formatDuration(milliseconds: number, locale?: string): string {
  const rounded = Math.max(1, Math.round(milliseconds / 60_000));
  const parts = Duration.fromObject({ minutes: rounded }).shiftTo(
    'days',
    'hours',
    'minutes',
  );
  const amounts = [parts.days, parts.hours, parts.minutes];
  const first = amounts.findIndex(amount => amount > 0);
  return UNITS.slice(first, first + 2)
    .map((unit, offset) => ({ unit, amount: amounts[first + offset] }))
    .filter(({ amount }) => amount > 0)
    .map(({ unit, amount }) =>
      new Intl.NumberFormat(locale, {
        style: 'unit',
        unit,
        unitDisplay: unit === 'day' ? 'long' : 'short',
      }).format(amount),
    )
    .join(' ');
}

/** An ISO-8601 duration (`PT8H`) in words; the text itself when it is none. */
export function formatIsoDuration(iso: string, locale?: string): string {
  const duration = Duration.fromISO(iso);
  return duration.isValid ? formatDuration(duration.toMillis(), locale) : iso;
}

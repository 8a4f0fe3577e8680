import { Duration } from 'luxon';

/** Units in which a person says how long. */
export const DURATION_UNITS = ['minutes', 'hours', 'days'] as const;

/** One of {@link DURATION_UNITS}. */
export type DurationUnit = (typeof DURATION_UNITS)[number];

/** The lengths that are one press away. */
export const DURATION_PRESETS = ['PT1H', 'PT4H', 'PT8H', 'P1D', 'P7D', 'P30D'];

/** Bounds of the API (`durationSchema`), in minutes. */
const MINIMUM = 15;
const MAXIMUM = 366 * 24 * 60;

/** An amount and a unit as ISO-8601, or undefined outside the API's bounds. */
export function toIsoDuration(
  amount: number,
  unit: DurationUnit,
): string | undefined {
  if (!Number.isInteger(amount)) return undefined;
  const duration = Duration.fromObject({ [unit]: amount });
  const minutes = duration.as('minutes');
  return minutes >= MINIMUM && minutes <= MAXIMUM
    ? duration.toISO()!
    : undefined;
}

/** The largest unit that says an ISO-8601 duration in whole numbers. */
export function fromIsoDuration(iso: string): {
  amount: number;
  unit: DurationUnit;
} {
  const duration = Duration.fromISO(iso);
  const unit =
    [...DURATION_UNITS]
      .reverse()
      .find(candidate => Number.isInteger(duration.as(candidate))) ?? 'minutes';
  return { amount: Math.round(duration.as(unit)), unit };
}

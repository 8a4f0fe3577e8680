import {
  ACCESS_MINUTES,
  PreviewResponse,
} from 'backstage-plugin-aws-access-common';
import { Duration } from 'luxon';

/** Units in which a person says how long. */
export const DURATION_UNITS = ['minutes', 'hours', 'days'] as const;

/** One of {@link DURATION_UNITS}. */
export type DurationUnit = (typeof DURATION_UNITS)[number];

/** The lengths that are one press away. */
export const DURATION_PRESETS = ['PT1H', 'PT4H', 'PT8H', 'P1D', 'P7D', 'P30D'];

/**
 * An amount and a unit as ISO-8601, or undefined outside the API's bounds. A part
 * of a unit is as many whole minutes: 1.5 hours are 90.
 */
export function toIsoDuration(
  amount: number,
  unit: DurationUnit,
): string | undefined {
  if (!Number.isFinite(amount)) return undefined;
  const minutes = Math.round(
    Duration.fromObject({ [unit]: amount }).as('minutes'),
  );
  const duration = Duration.fromObject(
    Number.isInteger(amount) ? { [unit]: amount } : { minutes },
  );
  return minutes >= ACCESS_MINUTES.least && minutes <= ACCESS_MINUTES.most
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

/** Lengths for access that has rights of its own for a short time. */
export const HOUR_PRESETS = ['PT1H', 'PT2H', 'PT4H', 'PT8H'];

/** Lengths for people in a group. */
export const DAY_PRESETS = ['P1D', 'P7D', 'P14D', 'P30D', 'P90D'];

/** Lengths that suit kinds of wishes or changes; undefined = the usual ones. */
export function presetsFor(
  kinds: readonly string[],
): readonly string[] | undefined {
  if (kinds.includes('elevation')) return HOUR_PRESETS;
  return kinds.every(kind => kind === 'membership') ? DAY_PRESETS : undefined;
}

/** How long may be asked for, as a preview says. */
export type LongestDuration = NonNullable<PreviewResponse['longestDuration']>;

/** Whether a duration, null = without an end, is longer than is allowed. */
export function isTooLong(
  duration: string | null,
  longest: LongestDuration | undefined,
): boolean {
  if (!longest) return false;
  return (
    duration === null ||
    Duration.fromISO(duration).as('seconds') > longest.seconds
  );
}

/**
 * The presets with the longest duration among them, where it lies between them
 * and is one that can be asked for.
 */
export function withLongest(
  presets: readonly string[],
  longest: LongestDuration | undefined,
): readonly string[] {
  const iso = longest && longestIso(longest);
  if (!iso || presets.some(preset => secondsOf(preset) === secondsOf(iso))) {
    return presets;
  }
  const shorter = presets.filter(preset => secondsOf(preset) < secondsOf(iso));
  return shorter.length === presets.length && presets.length > 0
    ? presets
    : [...shorter, iso, ...presets.slice(shorter.length)];
}

/** What to choose for somebody whose choice is too long; undefined = nothing fits. */
export function nearestAllowed(
  presets: readonly string[],
  longest: LongestDuration,
): string | undefined {
  return presets.filter(preset => !isTooLong(preset, longest)).at(-1);
}

function longestIso({ seconds }: LongestDuration): string | undefined {
  const minutes = Math.min(Math.floor(seconds / 60), ACCESS_MINUTES.most);
  if (minutes < ACCESS_MINUTES.least) return undefined;
  const { amount, unit } = fromIsoDuration(`PT${minutes}M`);
  return toIsoDuration(amount, unit);
}

function secondsOf(iso: string): number {
  return Duration.fromISO(iso).as('seconds');
}

import {
  DURATION_PRESETS,
  fromIsoDuration,
  isTooLong,
  nearestAllowed,
  toIsoDuration,
  withLongest,
} from './durationChoice';
import { formatDuration, formatIsoDuration } from './formatDuration';
import { relativeTime } from './relativeTime';

const MINUTE = 60_000;

describe('formatDuration', () => {
  it.each([
    [5_000, '1 min'],
    [59 * MINUTE, '59 min'],
    [192 * MINUTE, '3 hr 12 min'],
    [4 * 60 * MINUTE, '4 hr'],
    [(24 * 60 + 5) * MINUTE, '1 day'],
    [(7 * 24 + 3) * 60 * MINUTE, '7 days 3 hr'],
  ])('%d ms is %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds, 'en')).toBe(text);
  });

  it('reads ISO-8601, and leaves alone what is none', () => {
    expect(formatIsoDuration('PT8H', 'en')).toBe('8 hr');
    expect(formatIsoDuration('soon', 'en')).toBe('soon');
  });
});

describe('relativeTime', () => {
  it.each([
    [-30_000, null],
    [-2 * MINUTE, '2 minutes ago'],
    [-3 * 60 * MINUTE, '3 hours ago'],
    [2 * 24 * 60 * MINUTE, 'in 2 days'],
  ])('%d ms from now is %s', (difference, text) => {
    const now = Date.parse('2026-11-24T10:00:00Z');
    const at = new Date(now + difference).toISOString();
    expect(relativeTime(at, now, 'en')).toBe(text);
  });
});

describe('the choice of a duration', () => {
  it.each([
    [8, 'hours', 'PT8H'],
    [15, 'minutes', 'PT15M'],
    [366, 'days', 'P366D'],
    [14, 'minutes', undefined],
    [367, 'days', undefined],
    [1.5, 'hours', 'PT90M'],
    [0.1, 'hours', undefined],
    [Number.NaN, 'hours', undefined],
  ] as const)('%d %s is %s', (amount, unit, iso) => {
    expect(toIsoDuration(amount, unit)).toBe(iso);
  });

  it('comes back in the largest unit that is whole', () => {
    expect(fromIsoDuration('PT90M')).toEqual({ amount: 90, unit: 'minutes' });
    expect(fromIsoDuration('PT48H')).toEqual({ amount: 2, unit: 'days' });
  });
});

describe('presets within what the policy allows', () => {
  const longest = (hours: number) => ({ seconds: hours * 3600, because: [] });

  it.each([
    [12, ['PT1H', 'PT4H', 'PT8H', 'PT12H', 'P1D', 'P7D', 'P30D']],
    [8, DURATION_PRESETS],
    [24 * 365, DURATION_PRESETS],
    [0, DURATION_PRESETS],
  ])('%d hours are among them', (hours, presets) => {
    expect(withLongest(DURATION_PRESETS, longest(hours))).toEqual(presets);
  });

  it.each([
    ['PT8H', 8, false],
    ['PT9H', 8, true],
    [null, 8, true],
  ])('%s is beyond %d hours: %s', (duration, hours, expected) => {
    expect(isTooLong(duration, longest(hours))).toBe(expected);
    expect(isTooLong(duration, undefined)).toBe(false);
  });

  it('chooses the longest that fits, if any does', () => {
    expect(nearestAllowed(DURATION_PRESETS, longest(12))).toBe('PT8H');
    expect(nearestAllowed(DURATION_PRESETS, longest(0.5))).toBeUndefined();
  });
});

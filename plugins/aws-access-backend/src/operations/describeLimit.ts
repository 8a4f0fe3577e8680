import { WriteCounts } from './WriteLimitStore';

/** Most writes and removals in an hour, from the configuration. */
export interface WriteLimits {
  writesPerHour: number;
  removalsPerHour: number;
}

/**
 * Why writes wait for an operator; undefined = they are within the limits. What
 * gives access never uses up what its end needs (security rule 22): the way back
 * has the limit of removals for itself. Pure.
 *
 * @param next - what is about to be written, and whether to give or to take away
 */
export function describeLimit(
  done: WriteCounts,
  next: WriteCounts & { phase: 'grant' | 'removal' },
  limits: WriteLimits,
): string | undefined {
  if (
    next.removals > 0 &&
    done.removals + next.removals > limits.removalsPerHour
  ) {
    return `More than ${limits.removalsPerHour} removals in an hour: an operator has to look at it and say go`;
  }
  if (
    next.phase === 'grant' &&
    next.writes > 0 &&
    done.writes + next.writes > limits.writesPerHour
  ) {
    return `More than ${limits.writesPerHour} writes in an hour: an operator has to look at it and say go`;
  }
  return undefined;
}

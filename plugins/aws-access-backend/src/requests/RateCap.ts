import { CustomErrorBase } from '@backstage/errors';

const WINDOW_MS = 60_000;

/** Somebody asks more often than is accepted; HTTP 429. */
export class TooManyRequestsError extends CustomErrorBase {
  name = 'TooManyRequestsError' as const;
  /** Read by the portal's error middleware. */
  readonly statusCode = 429;
}

/**
 * How often a person may do something that costs much, in any minute (security
 * rule 33). Kept in memory, so each replica counts for itself: the cap protects
 * the replica, it is no quota.
 */
export class RateCap {
  readonly #perMinute: number;
  readonly #now: () => number;
  readonly #moments = new Map<string, number[]>();

  /** @param options.now - milliseconds of a clock that never goes back */
  constructor(options: { perMinute: number; now?: () => number }) {
    this.#perMinute = options.perMinute;
    this.#now = options.now ?? (() => performance.now());
  }

  /** @throws TooManyRequestsError when the person has used up their minute */
  count(userRef: string): void {
    const since = this.#now() - WINDOW_MS;
    // Whoever was here lately stays; the rest would fill the memory.
    for (const [ref, moments] of this.#moments) {
      const recent = moments.filter(moment => moment > since);
      if (recent.length === 0) this.#moments.delete(ref);
      else this.#moments.set(ref, recent);
    }
    const mine = this.#moments.get(userRef) ?? [];
    if (mine.length >= this.#perMinute) {
      throw new TooManyRequestsError(
        `Only ${
          this.#perMinute
        } plans a minute are worked out for one person. Wait a moment and try again.`,
      );
    }
    this.#moments.set(userRef, [...mine, this.#now()]);
  }
}

import type { SandboxClock } from '../../clock/SandboxClock';

/**
 * A request rate shared by all callers of a service: so many a second, with a burst of one second's worth
 * and never less than one request.
 */
export class TokenBucket {
  private tokens: number;
  private filledAt: number;

  /** @param perSecond - both the refill rate and the size of the bucket, asked anew each time: weather changes it */
  constructor(
    private readonly clock: SandboxClock,
    private readonly perSecond: () => number,
  ) {
    this.tokens = Math.max(1, perSecond());
    this.filledAt = clock.now();
  }

  /** Takes one token; false when the caller has to be throttled. */
  take(): boolean {
    const now = this.clock.now();
    const elapsed = Math.max(0, now - this.filledAt);
    const perSecond = this.perSecond();
    this.tokens = Math.min(
      Math.max(1, perSecond),
      this.tokens + (elapsed * perSecond) / 1000,
    );
    this.filledAt = now;
    if (this.tokens < 1) {
      return false;
    }
    this.tokens -= 1;
    return true;
  }
}

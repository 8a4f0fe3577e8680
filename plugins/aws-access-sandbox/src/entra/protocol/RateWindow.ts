/** So much in so many milliseconds, counted from the first use after a pause. */
export class RateWindow {
  private startedAt = -Infinity;
  private used = 0;

  constructor(private readonly windowMs: number) {}

  /**
   * Takes its share of the window, or nothing when there is not enough left.
   *
   * @returns 0, or the milliseconds until the window ends
   */
  take(now: number, cost: number, limit: number): number {
    if (now >= this.startedAt + this.windowMs) {
      this.startedAt = now;
      this.used = 0;
    }
    if (this.used + cost > limit) {
      return this.startedAt + this.windowMs - now;
    }
    this.used += cost;
    return 0;
  }

  /** The share of the limit that is used up. */
  share(limit: number): number {
    return this.used / limit;
  }
}

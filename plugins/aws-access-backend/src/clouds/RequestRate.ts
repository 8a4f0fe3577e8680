/** How much of the rate is left after the cloud has refused a call for it. */
const AFTER_REFUSAL = 0.7;
/** Below this share of the rate it never falls: something must go on. */
const LEAST_SHARE = 0.05;
/** In how long it comes back from nothing; slowly, because others use it too. */
const RECOVERY_MS = 60_000;
/** Calls may come this much too early when those before them came late. */
const BURST_MS = 1000 / 6;

/**
 * The pace of calls: even, and slower for a while after the cloud has refused
 * some. It falls by a factor and comes back in equal steps, by which those who
 * share a limit without knowing of each other come to fair shares.
 */
export class RequestRate {
  readonly #most: number;
  /** Calls a second at `#loweredAt`. */
  #lowered: number;
  #loweredAt: number;
  #nextAt: number;
  /** Until when the cloud asked to be left alone. */
  #silentUntil = 0;

  /** @param requestsPerSecond - the highest rate, which it begins with */
  constructor(requestsPerSecond: number) {
    this.#most = requestsPerSecond;
    this.#lowered = requestsPerSecond;
    this.#loweredAt = performance.now();
    this.#nextAt = this.#loweredAt;
  }

  /** Calls a second when the cloud refuses none. */
  get fullRequestsPerSecond(): number {
    return this.#most;
  }

  /** Calls a second at present. */
  get requestsPerSecond(): number {
    const recovered =
      (this.#most * (performance.now() - this.#loweredAt)) / RECOVERY_MS;
    return Math.min(this.#most, this.#lowered + recovered);
  }

  /**
   * Takes the place of the next call.
   *
   * @returns milliseconds until it may begin
   */
  take(): number {
    const now = performance.now();
    const at = Math.max(this.#nextAt, now - BURST_MS);
    this.#nextAt = at + 1000 / this.requestsPerSecond;
    return Math.max(0, at - now);
  }

  /** For how many milliseconds the cloud still asks to be left alone. */
  get silenceMs(): number {
    return Math.max(0, this.#silentUntil - performance.now());
  }

  /** Takes the places of so many more calls, after the last that was taken. */
  charge(calls: number): void {
    this.#nextAt += (calls * 1000) / this.requestsPerSecond;
  }

  /**
   * @param begunAt - when the refused call began: those that were on their way
   *   when the rate was lowered say nothing of the new rate
   * @param retryAfterMs - how long the cloud asked to be left alone
   */
  slowDown(begunAt: number, retryAfterMs = 0): void {
    const now = performance.now();
    this.#silentUntil = Math.max(this.#silentUntil, now + retryAfterMs);
    this.#nextAt = Math.max(this.#nextAt, now + retryAfterMs);
    if (begunAt < this.#loweredAt) return;
    this.#lowered = Math.max(
      this.#most * LEAST_SHARE,
      this.requestsPerSecond * AFTER_REFUSAL,
    );
    this.#loweredAt = now;
  }
}

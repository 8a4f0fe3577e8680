/** Expected a little later than seen: a look that is too early is a call for nothing. */
const MARGIN = 1.02;
/**
 * What is over at the first look may have been over long before: so much is taken
 * off then, twice as much after so many looks none of which was too early.
 */
const SHORTER = 0.001;
const MOST_SHORTER = 0.05;
const DOUBLES_AFTER = 10;
/** What is later than this says little of others, so that it is followed slowly. */
const ORDINARY = 1.1;
const FAST = 0.3;
const SLOW = 0.05;

/**
 * When to look at AWS's asynchronous operations: it says nothing when one ends,
 * and every look costs a call, so that the time they take is learned. Those that
 * end soon after each other are looked at together; the ones that take their places
 * begin together again, so that few looks tell of many. All times in milliseconds,
 * by one clock.
 */
export class OperationTimes {
  /** Between two looks; leaves calls for what is written. */
  readonly #betweenMs: number;
  /** One look is late for the first of several by so much at most. */
  readonly #togetherMs: number;
  #expectedMs: number;
  #lookedAt = -Infinity;
  /** Looks since the last one that was too early. */
  #inTime = 0;

  /** @param operationMs - between two looks of somebody who has learned nothing */
  constructor(operationMs: number) {
    this.#betweenMs = operationMs / 7;
    this.#togetherMs = operationMs / 12;
    this.#expectedMs = operationMs / 2;
  }

  /** How old an operation must be to be missing in a list because it is over. */
  get leastAgeMs(): number {
    return Math.min(this.#betweenMs, this.#expectedMs / 2);
  }

  /**
   * Learns from one look.
   *
   * @param over - ages of those that are over, when it ended
   * @param running - ages of the others, when it began
   * @param at - when it ended
   */
  learn(over: number[], running: number[], at: number): void {
    this.#lookedAt = at;
    const longer = Math.max(...running) * MARGIN;
    const shorter = Math.min(...over);
    if (longer > this.#expectedMs) {
      this.#inTime = 0;
      const isOrdinary = longer < this.#expectedMs * ORDINARY;
      this.#approach(longer, isOrdinary ? FAST : SLOW);
    }
    if (over.length === 0) return;
    if (shorter < this.#expectedMs) this.#approach(shorter, FAST);
    const share = SHORTER * 2 ** (this.#inTime / DOUBLES_AFTER);
    this.#expectedMs *= 1 - Math.min(MOST_SHORTER, share);
    this.#inTime += 1;
  }

  /** @param acceptedAt - when AWS accepted those that it works on, at least one */
  nextLook(acceptedAt: number[]): number {
    const ends = acceptedAt.map(at => at + this.#expectedMs);
    const soonest = Math.max(
      Math.min(...ends),
      this.#lookedAt + this.#betweenMs,
    );
    return Math.max(
      soonest,
      ...ends.filter(end => end <= soonest + this.#togetherMs),
    );
  }

  #approach(ms: number, share: number): void {
    this.#expectedMs += share * (ms - this.#expectedMs);
  }
}

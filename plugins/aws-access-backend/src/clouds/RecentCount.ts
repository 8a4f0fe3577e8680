const MINUTE_MS = 60_000;

/**
 * Counts what happened in the last hour, by the minute, so that it takes the same
 * little memory however often it happens.
 */
export class RecentCount {
  readonly #minutes = new Map<number, number>();

  add(): void {
    const minute = this.#forgetOld();
    this.#minutes.set(minute, (this.#minutes.get(minute) ?? 0) + 1);
  }

  /** How often within the last 60 minutes. */
  get count(): number {
    this.#forgetOld();
    return [...this.#minutes.values()].reduce((sum, some) => sum + some, 0);
  }

  /** @returns the present minute, of a clock that nobody sets */
  #forgetOld(): number {
    const minute = Math.floor(performance.now() / MINUTE_MS);
    for (const known of this.#minutes.keys()) {
      if (known <= minute - 60) this.#minutes.delete(known);
    }
    return minute;
  }
}

/** Remembers what was worked out last, so that lists of the same are cheap. */
export class RecentResults<T> {
  readonly #entries = new Map<string, T>();

  /** @param atMost - how many are remembered; the one not used longest goes */
  constructor(private readonly atMost: number) {}

  getOrCompute(key: string, compute: () => T): T {
    const found = this.#entries.get(key);
    if (found !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, found);
      return found;
    }
    const value = compute();
    this.#entries.set(key, value);
    if (this.#entries.size > this.atMost) {
      this.#entries.delete(this.#entries.keys().next().value!);
    }
    return value;
  }
}

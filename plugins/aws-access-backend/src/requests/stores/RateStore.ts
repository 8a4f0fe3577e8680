/** Counts what people do, minute by minute. */
export interface RateStore {
  /** @returns how often the person has done it in this minute, this time included */
  count(kind: string, userRef: string): Promise<number>;
}

/**
 * Numbers from 0 (inclusive) to 1 (exclusive) that look random and are the same for the same seed (mulberry32).
 *
 * @param seed - any whole number; its lowest 32 bits count
 */
export function seededRandom(seed: number): () => number {
  let state = Math.trunc(seed) % 4_294_967_296;
  return () => {
    state = (state + 0x6d2b79f5) % 4_294_967_296;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

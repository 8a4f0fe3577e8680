import { createHash } from 'node:crypto';
import { unsafeUniformIntDistribution, xoroshiro128plus } from 'pure-rand';

/**
 * Random choices that a seed repeats. Each name has a stream of its own, so that
 * what one part draws does not depend on how often another did.
 */
export class Choices {
  #generator;

  constructor(seed, name) {
    const digest = createHash('sha256').update(`${seed} ${name}`).digest();
    this.#generator = xoroshiro128plus(digest.readInt32BE());
  }

  /** A whole number from `least` to `most`, both included. */
  number(least, most) {
    return unsafeUniformIntDistribution(least, most, this.#generator);
  }

  /** True in so many of a hundred cases. */
  chance(percent) {
    return this.number(1, 100) <= percent;
  }

  one(items) {
    return items[this.number(0, items.length - 1)];
  }

  /** So many different ones, or all where there are fewer. */
  some(items, count) {
    const left = [...items];
    return Array.from({ length: Math.min(count, left.length) }, () =>
      left.splice(this.number(0, left.length - 1), 1),
    ).flat();
  }

  /** One of the keys of `weights`, as often as its number says. */
  weighted(weights) {
    const entries = Object.entries(weights);
    let left = this.number(
      1,
      entries.reduce((sum, [, weight]) => sum + weight, 0),
    );
    return entries.find(([, weight]) => (left -= weight) <= 0)[0];
  }
}

import type { SeededRandom } from './SeededRandom';

/** Flattens the long tail, so that the largest does not get nearly everything. */
const TAIL_OFFSET = 10;

/**
 * Deals assignments out to groups as organizations have them: a few groups on all accounts, most on a handful.
 *
 * @param total - at most `groups * limit`
 * @param limit - the most that one group can have
 * @returns the share of each group; together they are the total
 */
export function shareOut(
  total: number,
  groups: number,
  limit: number,
  random: SeededRandom,
): Uint32Array {
  const ranks = Uint32Array.from({ length: groups }, (_, index) => index);
  for (let index = groups - 1; index > 0; index -= 1) {
    const other = random.below(index + 1);
    [ranks[index], ranks[other]] = [ranks[other], ranks[index]];
  }
  let weights = 0;
  for (const rank of ranks) {
    weights += 1 / (rank + TAIL_OFFSET);
  }
  const shares = ranks.map(rank =>
    Math.min(limit, Math.floor(total / weights / (rank + TAIL_OFFSET))),
  );
  let missing = total - shares.reduce((sum, share) => sum + share, 0);
  // Rounding and the limit left some over: everybody with room takes a fair part, until none is left.
  while (missing > 0) {
    const part = Math.ceil(missing / groups);
    for (let index = 0; index < groups && missing > 0; index += 1) {
      const more = Math.min(part, missing, limit - shares[index]);
      shares[index] += more;
      missing -= more;
    }
  }
  return shares;
}

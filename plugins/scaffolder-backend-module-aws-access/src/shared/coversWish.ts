/**
 * Whether something approved holds everything that is wished: fields that the
 * wish leaves out are not asked about, and lists may be longer than the wish.
 */
export function coversWish(approved: unknown, wish: unknown): boolean {
  if (wish === undefined) return true;
  if (Array.isArray(wish)) {
    return (
      Array.isArray(approved) &&
      wish.every(item => approved.some(one => coversWish(one, item)))
    );
  }
  if (wish !== null && typeof wish === 'object') {
    return (
      approved !== null &&
      typeof approved === 'object' &&
      Object.entries(wish).every(([key, value]) =>
        coversWish((approved as Record<string, unknown>)[key], value),
      )
    );
  }
  return approved === wish;
}

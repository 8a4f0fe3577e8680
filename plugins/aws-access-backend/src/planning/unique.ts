/** Each value once, in the order in which it first came. */
export function unique<T>(values: Iterable<T>): T[] {
  return [...new Set(values)];
}

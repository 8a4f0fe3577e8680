/** A parameter of an address, when it is there once. */
export function queryText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

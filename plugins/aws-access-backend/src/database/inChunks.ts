/** SQLite takes 32,766 values in one statement, PostgreSQL 65,535. */
const CHUNK = 5_000;

/**
 * Asks for many keys in as many statements as the databases need.
 *
 * @param keys - duplicates are asked for once
 */
export async function inChunks<Key, Row>(
  keys: readonly Key[],
  ask: (chunk: Key[]) => PromiseLike<Row[]>,
): Promise<Row[]> {
  const unique = [...new Set(keys)];
  const found: Row[] = [];
  for (let start = 0; start < unique.length; start += CHUNK) {
    found.push(...(await ask(unique.slice(start, start + CHUNK))));
  }
  return found;
}

/**
 * All items of a list.
 *
 * @param report - told how many are known after each page
 */
export async function collectPages<Item>(
  pages: AsyncIterable<Item[]>,
  report?: (done: number, total: null) => void,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) {
    for (const item of page) items.push(item);
    report?.(items.length, null);
  }
  return items;
}

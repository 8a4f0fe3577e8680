/**
 * Which of many things to read in this turn, so that each has its turn.
 *
 * @param readAt - when it was read last; null = never
 * @param share - of all that are read in one turn, from 0 to 1
 * @returns the longest unread, never read ones first
 */
export function chooseDue<Item>(
  items: Item[],
  readAt: (item: Item) => string | null,
  share: number,
): Item[] {
  const moment = (item: Item) => readAt(item) ?? '';
  return [...items]
    .sort((one, other) => {
      if (moment(one) === moment(other)) return 0;
      return moment(one) < moment(other) ? -1 : 1;
    })
    .slice(0, Math.ceil(items.length * share));
}

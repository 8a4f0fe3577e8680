import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { InventoryPage, PageQuery } from './InventoryStore';

/** The organization to go on with, and its own cursor; none = from its start. */
const cursorSchema = z.tuple([z.string(), z.string().nullable()]);

/**
 * One page of a list that runs through the organizations one after the other.
 *
 * @param readPage - one page of one organization
 * @throws InputError when the cursor is not one of ours
 */
export async function pageAcrossOrganizations<Item>(
  organizationIds: string[],
  query: PageQuery,
  readPage: (
    organizationId: string,
    query: PageQuery,
  ) => Promise<InventoryPage<Item>>,
): Promise<InventoryPage<Item>> {
  const { search, limit } = query;
  const [start, innerCursor] = query.cursor
    ? decodeCursor(query.cursor, organizationIds)
    : [organizationIds[0], null];
  const items: Item[] = [];
  let nextCursor: string | null = null;
  let totalItems = 0;
  let isBeforeStart = true;
  for (const id of organizationIds) {
    isBeforeStart &&= id !== start;
    const room = limit - items.length;
    if (isBeforeStart || room === 0) {
      // Counted only: what is before the cursor, and what does not fit.
      const { totalItems: total } = await readPage(id, { search, limit: 1 });
      totalItems += total;
      if (!isBeforeStart && total > 0) {
        nextCursor ??= encodeCursor([id, null]);
      }
      continue;
    }
    const cursor = (id === start && innerCursor) || undefined;
    const page = await readPage(id, { search, cursor, limit: room });
    items.push(...page.items);
    totalItems += page.totalItems;
    if (page.nextCursor) nextCursor = encodeCursor([id, page.nextCursor]);
  }
  return { items, totalItems, nextCursor };
}

function encodeCursor(position: z.infer<typeof cursorSchema>): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

function decodeCursor(
  cursor: string,
  organizationIds: string[],
): z.infer<typeof cursorSchema> {
  try {
    const position = cursorSchema.parse(
      JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')),
    );
    if (organizationIds.includes(position[0])) return position;
  } catch {
    // reported below
  }
  throw new InputError('cursor: must be one that a former page gave');
}

import { InputError } from '@backstage/errors';
import { Knex } from 'knex';
import { z } from 'zod';
import { InventoryPage, PageQuery } from './InventoryStore';

const cursorSchema = z.tuple([z.string(), z.string()]);

/**
 * One page of a table that is listed by name and searched by name or id. The
 * cursor names the last row, so a refresh between two pages repeats and loses
 * nothing that was there all along.
 *
 * @throws InputError when the cursor is not one of ours
 */
export async function readPage<Item>(
  knex: Knex,
  query: PageQuery,
  source: {
    table: string;
    organizationId: string;
    idColumn: string;
    /** Default `name`. */
    nameColumn?: string;
    /** Only these are listed and counted; default all. */
    onlyIds?: string[];
    fromRow: (row: any) => Item;
  },
): Promise<InventoryPage<Item>> {
  const { idColumn, nameColumn = 'name', onlyIds } = source;
  const matching = knex(source.table)
    .where({ organization_id: source.organizationId })
    .modify(narrowed => {
      if (onlyIds) narrowed.whereIn(idColumn, onlyIds);
      const search = query.search?.trim().toLowerCase();
      if (!search) return;
      // `instr`-like search would differ between the databases; LIKE does not.
      const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
      narrowed.where(either =>
        either
          .whereRaw(`lower(??) like ? escape '\\'`, [nameColumn, pattern])
          .orWhereRaw(`lower(??) like ? escape '\\'`, [idColumn, pattern]),
      );
    });
  const [{ total }] = await matching.clone().count({ total: '*' });
  const found = await matching
    .clone()
    .modify(rest => {
      if (!query.cursor) return;
      const [name, id] = decodeCursor(query.cursor);
      rest.whereRaw('(??, ??) > (?, ?)', [nameColumn, idColumn, name, id]);
    })
    .orderBy([nameColumn, idColumn])
    .limit(query.limit + 1);
  const page = found.slice(0, query.limit);
  const last = page[page.length - 1];
  return {
    items: page.map(source.fromRow),
    totalItems: Number(total),
    nextCursor:
      found.length > query.limit
        ? encodeCursor([last[nameColumn], last[idColumn]])
        : null,
  };
}

function encodeCursor(position: z.infer<typeof cursorSchema>): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

function decodeCursor(cursor: string): z.infer<typeof cursorSchema> {
  try {
    return cursorSchema.parse(
      JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')),
    );
  } catch {
    throw new InputError('cursor: must be one that a former page gave');
  }
}

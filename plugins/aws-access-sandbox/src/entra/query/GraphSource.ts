import type { SandboxStore, SqlValue } from '../../store/SandboxStore';
import type { GraphObject } from './GraphType';

/** A condition in SQL with its positional parameters. */
export type SqlCondition = { sql: string; parameters: SqlValue[] };

/**
 * How a property is found in SQL. `text` compares without case, `exact` as it is,
 * `id` after lowering what is asked for, `time` is in milliseconds, `boolean` 0 or 1.
 */
export type GraphColumn = {
  sql: string;
  kind: 'text' | 'exact' | 'id' | 'time' | 'boolean';
};

/** Which part of a collection is wanted. */
export type PageQuery = {
  condition?: SqlCondition;
  /** The `seq` of the object before the page. */
  after?: number;
  /** For sorted lists, which have no place of their own. */
  order?: { sql: string; descending: boolean; offset: number };
  limit: number;
};

/** Where the objects of a collection come from, a page at a time. */
export type GraphSource = {
  /** Properties that conditions and orders may use. */
  columns: Readonly<Record<string, GraphColumn>>;
  /** Objects with their `seq`, in its order unless another is asked for. */
  page(query: PageQuery): GraphObject[];
  count(condition?: SqlCondition): number;
};

/**
 * A collection in the store. A page reads as many rows as it answers, however
 * many there are.
 */
export function tableSource<Row extends { seq: number }>(options: {
  store: SandboxStore;
  /** What is read of each row, `seq` included. */
  select?: string;
  from: string;
  where: SqlCondition;
  columns: Readonly<Record<string, GraphColumn>>;
  toObject: (row: Row) => GraphObject;
  /** The column that orders the collection. */
  seq?: string;
  /** Logs are told from the end. */
  newestFirst?: boolean;
}): GraphSource {
  const { store, select = '*', from, where, columns, toObject } = options;
  const { seq = 'seq', newestFirst = false } = options;
  const [direction, beyond] = newestFirst ? ['DESC', '<'] : ['ASC', '>'];
  return {
    columns,
    page({ condition, after, order, limit }) {
      const parts = [where, ...(condition ? [condition] : [])];
      if (after !== undefined) {
        parts.push({ sql: `${seq} ${beyond} ?`, parameters: [after] });
      }
      const sorted = order
        ? `${order.sql} ${order.descending ? 'DESC' : 'ASC'}, `
        : '';
      return store
        .all<Row>(
          `SELECT ${select} FROM ${from} WHERE ${parts
            .map(part => `(${part.sql})`)
            .join(
              ' AND ',
            )} ORDER BY ${sorted}${seq} ${direction} LIMIT ? OFFSET ?`,
          [
            ...parts.flatMap(part => part.parameters),
            // SQLite's word for no limit is a negative one.
            Number.isFinite(limit) ? limit : -1,
            order?.offset ?? 0,
          ],
        )
        .map(row => ({ ...toObject(row), seq: row.seq }));
    },
    count(condition) {
      const parts = [where, ...(condition ? [condition] : [])];
      return store.get<{ count: number }>(
        `SELECT count(*) AS count FROM ${from} WHERE ${parts
          .map(part => `(${part.sql})`)
          .join(' AND ')}`,
        parts.flatMap(part => part.parameters),
      )!.count;
    },
  };
}

/** A collection that is at hand and small. Objects without a `seq` keep the order of the list. */
export function listSource(objects: readonly GraphObject[]): GraphSource {
  const numbered = objects.map((object, index) => ({
    ...object,
    seq: Number(object.seq ?? index + 1),
  }));
  return {
    columns: {},
    page: ({ after = 0, limit }) =>
      numbered.filter(({ seq }) => seq > after).slice(0, limit),
    count: () => numbered.length,
  };
}

import type { GraphCall } from '../protocol/GraphCall';
import { GraphError } from '../protocol/GraphError';
import { filterToSql } from './filterToSql';
import type { GraphColumn, SqlCondition } from './GraphSource';
import type { GraphObject, GraphType } from './GraphType';
import { isAdvancedFilter, matchFilter } from './matchFilter';
import { parseFilter } from './parseFilter';
import { readSearch } from './readSearch';

const DEFAULT_PAGE = 100;
const MAXIMUM_PAGE = 999;

/** What a request asks of a collection, as far as it can be said without looking at it. */
export type CollectionQuery = {
  /** For the store to answer. */
  condition: SqlCondition | undefined;
  /** For what the store cannot answer; absent where it can. */
  matches: ((object: GraphObject) => boolean) | undefined;
  order: { property: string; descending: boolean } | undefined;
  /** Whether the number of all objects is to be told. */
  counted: boolean;
  size: number;
};

/** Whether the caller takes answers that lag behind, which advanced queries of the directory do. */
export const isEventual = (call: GraphCall) =>
  call.headers.consistencylevel?.toLowerCase() === 'eventual';

const unsupported = (message: string) =>
  new GraphError(400, 'Request_UnsupportedQuery', message);

function pageSize(call: GraphCall, type: GraphType): number {
  const { defaultPage = DEFAULT_PAGE, maximumPage = MAXIMUM_PAGE } = type;
  const top = call.query.get('$top');
  const size = top === null ? defaultPage : Number(top);
  if (!Number.isInteger(size) || size < 1 || size > maximumPage) {
    throw GraphError.badRequest(
      `Invalid page size specified: '${top}'. Must be between 1 and ${maximumPage} inclusive.`,
    );
  }
  return size;
}

function readOrder(call: GraphCall, type: GraphType): CollectionQuery['order'] {
  const text = call.query.get('$orderby');
  if (!text) {
    return undefined;
  }
  const [property, direction = 'asc'] = text.trim().split(/\s+/);
  if (!type.properties.includes(property)) {
    throw GraphError.badRequest(
      `Could not find a property named '${property}' on type '${type.name}'.`,
    );
  }
  return { property, descending: direction === 'desc' };
}

/**
 * Reads `$filter`, `$search`, `$orderby`, `$top` and `$count`.
 *
 * @throws GraphError 400 for what is wrong, and for advanced queries of the
 *   directory without `ConsistencyLevel: eventual` and `$count=true`
 */
export function readCollectionQuery(
  call: GraphCall,
  type: GraphType,
  columns: Readonly<Record<string, GraphColumn>>,
): CollectionQuery {
  const filterText = call.query.get('$filter');
  const searchText = call.query.get('$search');
  const eventual = isEventual(call);
  const counted = call.query.get('$count') === 'true';
  const filter = filterText
    ? parseFilter(filterText, type.properties)
    : undefined;
  const order = readOrder(call, type);
  const advanced =
    filter !== undefined && (isAdvancedFilter(filter) || order !== undefined);
  if (type.directory && advanced && !(eventual && counted)) {
    throw unsupported(
      'Unsupported Query. The required parameters might be missing. Try adding $count=true query parameter and ConsistencyLevel:eventual header. Refer to https://aka.ms/graph-docs/advanced-queries for more information',
    );
  }
  if (searchText && !(type.directory && eventual)) {
    throw unsupported(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    );
  }
  const search = searchText ? readSearch(searchText, type, columns) : undefined;
  const filterSql = filter && filterToSql(filter, columns);
  const conditions = [filterSql, search?.condition].filter(
    condition => condition !== undefined,
  );
  const slowFilter = filterSql ? undefined : filter;
  return {
    condition: conditions.length
      ? {
          sql: conditions.map(({ sql }) => `(${sql})`).join(' AND '),
          parameters: conditions.flatMap(({ parameters }) => parameters),
        }
      : undefined,
    matches:
      slowFilter || search
        ? object =>
            (!slowFilter || matchFilter(slowFilter, object)) &&
            (!search || search.matches(object))
        : undefined,
    order,
    counted: counted && (eventual || !type.directory),
    size: pageSize(call, type),
  };
}

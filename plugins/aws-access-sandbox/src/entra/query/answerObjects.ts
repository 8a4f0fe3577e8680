import type { GraphAnswer, GraphCall } from '../protocol/GraphCall';
import { GraphError } from '../protocol/GraphError';
import { openToken, sealToken } from '../protocol/opaqueToken';
import { GraphRelations, readExpand } from './expandRelation';
import type { GraphSource } from './GraphSource';
import type { GraphObject, GraphType } from './GraphType';
import { pickProperties, readSelect } from './pickProperties';
import {
  CollectionQuery,
  isEventual,
  readCollectionQuery,
} from './readCollectionQuery';

/**
 * Where a page starts: after an object, by its place in the order of creation, so
 * that none is lost or told twice when others go meanwhile. A sorted list has no
 * such order and counts.
 */
type PageMark = { after?: number; offset?: number };

/** Rows read at once where only the answered object shows whether it matches. */
const SCAN_ROWS = 500;

function readMark(call: GraphCall): PageMark {
  const token = call.query.get('$skiptoken');
  if (token === null) {
    return {};
  }
  const mark = openToken<PageMark>(call.context.store, token);
  if (!mark) {
    throw new GraphError(
      400,
      'Directory_ExpiredPageToken',
      'The specified page token value has expired and can no longer be included in your request.',
    );
  }
  return mark;
}

/** The link to more of the same, with the token in place of an older one. */
function linkWithToken(
  call: GraphCall,
  name: '$skiptoken' | '$deltatoken',
  content: object,
  keep: (parameter: string) => boolean = () => true,
): string {
  const query = [...call.query]
    .filter(([key]) => !/^\$(skip|delta)token$/.test(key) && keep(key))
    .map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return `${call.serviceRoot}${call.path}?${[
    ...query,
    `${name}=${sealToken(call.context.store, content)}`,
  ].join('&')}`;
}

/** All that match, in order, at most as many as wanted. */
function scan(
  source: GraphSource,
  { condition, matches = () => true }: Partial<CollectionQuery>,
  after: number | undefined,
  wanted: number,
): GraphObject[] {
  const found: GraphObject[] = [];
  let mark = after;
  for (;;) {
    const rows = source.page({ condition, after: mark, limit: SCAN_ROWS });
    found.push(...rows.filter(matches));
    if (rows.length < SCAN_ROWS || found.length >= wanted) {
      return found.slice(0, wanted);
    }
    mark = Number(rows[rows.length - 1].seq);
  }
}

function readObjects(
  source: GraphSource,
  query: CollectionQuery,
  mark: PageMark,
): GraphObject[] {
  const wanted = query.size + 1;
  const { condition, order, matches } = query;
  if (!order) {
    return matches
      ? scan(source, query, mark.after, wanted)
      : source.page({ condition, after: mark.after, limit: wanted });
  }
  const { property, descending } = order;
  const offset = mark.offset ?? 0;
  const column = source.columns[property];
  if (column && !matches) {
    const sql =
      column.kind === 'text' ? `${column.sql} COLLATE NOCASE` : column.sql;
    return source.page({
      condition,
      order: { sql, descending, offset },
      limit: wanted,
    });
  }
  const sign = descending ? -1 : 1;
  return scan(source, query, undefined, Infinity)
    .sort(
      (a, b) =>
        sign *
        String(a[property] ?? '').localeCompare(String(b[property] ?? '')),
    )
    .slice(offset, offset + wanted);
}

const countObjects = (
  source: GraphSource,
  { condition, matches }: CollectionQuery,
) =>
  matches
    ? scan(source, { condition, matches }, undefined, Infinity).length
    : source.count(condition);

/** Answers a collection: `$filter`, `$search`, `$orderby`, `$top`, `$count`, `$select`, `$expand` and pages. */
export function answerCollection(
  call: GraphCall,
  type: GraphType,
  source: GraphSource,
  relations?: GraphRelations,
): GraphAnswer {
  const selected = readSelect(call.query.get('$select'), type);
  const expand = readExpand(call, type, relations);
  const query = readCollectionQuery(call, type, source.columns);
  const mark = readMark(call);
  const objects = readObjects(source, query, mark);
  const page = objects.slice(0, query.size);
  const next: PageMark = query.order
    ? { offset: (mark.offset ?? 0) + query.size }
    : { after: Number(page[page.length - 1]?.seq) };
  return {
    status: 200,
    body: {
      '@odata.context': `${call.serviceRoot}/$metadata#${call.path.slice(1)}`,
      ...(query.counted ? { '@odata.count': countObjects(source, query) } : {}),
      ...(objects.length > query.size
        ? { '@odata.nextLink': linkWithToken(call, '$skiptoken', next) }
        : {}),
      value: page.map(object => ({
        ...pickProperties(object, type, selected),
        ...expand(object),
      })),
    },
  };
}

/** Answers `.../$count`, which the directory does only with `ConsistencyLevel: eventual`. */
export function answerCount(
  call: GraphCall,
  type: GraphType,
  source: GraphSource,
): GraphAnswer {
  if (!isEventual(call)) {
    throw GraphError.badRequest('$count is not currently supported.');
  }
  call.query.set('$count', 'true');
  const query = readCollectionQuery(call, type, source.columns);
  return { status: 200, body: String(countObjects(source, query)) };
}

/** Answers one object with its `$select`ed or default properties. */
export function answerObject(
  call: GraphCall,
  type: GraphType,
  object: GraphObject,
  options: { status?: number; relations?: GraphRelations } = {},
): GraphAnswer {
  const { status = 200, relations } = options;
  const collection = call.path.slice(1).replace(/[(/].*$/, '');
  const expand = readExpand(call, type, relations);
  return {
    status,
    body: {
      '@odata.context': `${call.serviceRoot}/$metadata#${collection}/$entity`,
      ...pickProperties(
        object,
        type,
        readSelect(call.query.get('$select'), type),
      ),
      ...expand(object),
    },
    headers:
      status === 201
        ? {
            // The key of an upsert gives way to the id.
            Location: `${call.serviceRoot}${call.path.replace(/\(.*$/, '')}/${
              object.id
            }`,
          }
        : {},
  };
}

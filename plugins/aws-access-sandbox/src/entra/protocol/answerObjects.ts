import { compileFilter, GraphObject } from './compileFilter';
import { GraphAnswer, GraphCall } from './GraphCall';
import { GraphError } from './GraphError';

/** How one type of directory object is answered. */
export type GraphType = {
  /** As in `microsoft.graph.group`. */
  name: string;
  /** Every property that may be selected and filtered on. */
  properties: readonly string[];
  /** What is answered without `$select`; all properties where absent. */
  defaults?: readonly string[];
};

const DEFAULT_PAGE = 100;
const MAXIMUM_PAGE = 999;

function selection(call: GraphCall, type: GraphType): readonly string[] {
  const wanted = call.query.get('$select');
  if (call.query.has('$expand')) {
    throw new GraphError(
      400,
      'Request_UnsupportedQuery',
      'The sandbox does not support $expand.',
    );
  }
  if (!wanted) {
    return type.defaults ?? type.properties;
  }
  return wanted.split(',').map(part => {
    const property = part.trim();
    if (!type.properties.includes(property)) {
      throw GraphError.badRequest(
        `Could not find a property named '${property}' on type '${type.name}'.`,
      );
    }
    return property;
  });
}

function pick(object: GraphObject, properties: readonly string[]): GraphObject {
  const picked: GraphObject = {};
  if (typeof object['@odata.type'] === 'string') {
    picked['@odata.type'] = object['@odata.type'];
  }
  for (const property of properties) {
    picked[property] = object[property] ?? null;
  }
  return picked;
}

function pageSize(call: GraphCall): number {
  const top = call.query.get('$top');
  const size = top === null ? DEFAULT_PAGE : Number(top);
  if (!Number.isInteger(size) || size < 1 || size > MAXIMUM_PAGE) {
    throw GraphError.badRequest(
      `Invalid page size specified: '${top}'. Must be between 1 and ${MAXIMUM_PAGE} inclusive.`,
    );
  }
  return size;
}

/**
 * The token says after which object the page starts, by its place in the order
 * of creation, so that no object is lost or told twice when others go meanwhile.
 * A sorted list has no such order and counts.
 */
function readSkipToken(
  call: GraphCall,
): { kind: 'after' | 'offset'; value: number } | undefined {
  const token = call.query.get('$skiptoken');
  if (token === null) {
    return undefined;
  }
  const match = /^(after|offset):(\d+)$/.exec(
    Buffer.from(token, 'base64url').toString(),
  );
  if (!match) {
    throw new GraphError(
      400,
      'Directory_ExpiredPageToken',
      'The specified page token value has expired and can no longer be included in your request.',
    );
  }
  return { kind: match[1] as 'after' | 'offset', value: Number(match[2]) };
}

function nextLink(call: GraphCall, mark: string): string {
  const query = [...call.query]
    .filter(([name]) => name !== '$skiptoken')
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const token = Buffer.from(mark).toString('base64url');
  return `${call.serviceRoot}${call.path}?${[
    ...query,
    `$skiptoken=${token}`,
  ].join('&')}`;
}

function matching(
  call: GraphCall,
  type: GraphType,
  objects: GraphObject[],
): GraphObject[] {
  const eventual =
    call.headers.consistencylevel?.toLowerCase() === 'eventual' &&
    call.query.get('$count') === 'true';
  const text = call.query.get('$filter');
  let found = objects;
  if (text) {
    const filter = compileFilter(text, new Set(type.properties));
    if (filter.advanced && !eventual) {
      throw new GraphError(
        400,
        'Request_UnsupportedQuery',
        'Unsupported Query. It needs the header ConsistencyLevel: eventual and $count=true.',
      );
    }
    found = found.filter(filter.matches);
  }
  const order = call.query.get('$orderby');
  if (order) {
    const [property, direction = 'asc'] = order.trim().split(/\s+/);
    if (!type.properties.includes(property)) {
      throw GraphError.badRequest(
        `Could not find a property named '${property}' on type '${type.name}'.`,
      );
    }
    const sign = direction === 'desc' ? -1 : 1;
    found = [...found].sort(
      (a, b) =>
        sign *
        String(a[property] ?? '').localeCompare(String(b[property] ?? '')),
    );
  }
  return found;
}

/**
 * Answers a collection: `$filter`, `$orderby`, `$top`, `$count`, `$select` and pages.
 *
 * @param objects - all there are, in the order of their `seq`, which is not answered
 */
export function answerCollection(
  call: GraphCall,
  type: GraphType,
  objects: GraphObject[],
): GraphAnswer {
  const properties = selection(call, type);
  const found = matching(call, type, objects);
  const token = readSkipToken(call);
  const rest =
    token?.kind === 'after'
      ? found.filter(({ seq }) => Number(seq) > token.value)
      : found.slice(token?.value ?? 0);
  const size = pageSize(call);
  const page = rest.slice(0, size);
  const counted =
    call.query.get('$count') === 'true' &&
    call.headers.consistencylevel?.toLowerCase() === 'eventual';
  return {
    status: 200,
    body: {
      '@odata.context': `${call.serviceRoot}/$metadata#${call.path.slice(1)}`,
      ...(counted ? { '@odata.count': found.length } : {}),
      ...(rest.length > size
        ? {
            '@odata.nextLink': nextLink(
              call,
              call.query.has('$orderby')
                ? `offset:${found.length - rest.length + size}`
                : `after:${page[size - 1].seq}`,
            ),
          }
        : {}),
      value: page.map(object => pick(object, properties)),
    },
  };
}

/** Answers `.../$count`, which Graph does only with `ConsistencyLevel: eventual`. */
export function answerCount(
  call: GraphCall,
  type: GraphType,
  objects: GraphObject[],
): GraphAnswer {
  if (call.headers.consistencylevel?.toLowerCase() !== 'eventual') {
    throw GraphError.badRequest('$count is not currently supported.');
  }
  call.query.set('$count', 'true');
  return {
    status: 200,
    body: String(matching(call, type, objects).length),
  };
}

/** Answers one object with its `$select`ed or default properties. */
export function answerObject(
  call: GraphCall,
  type: GraphType,
  object: GraphObject,
  status = 200,
): GraphAnswer {
  const [collection] = call.path.slice(1).split(/[/(]/);
  return {
    status,
    body: {
      '@odata.context': `${call.serviceRoot}/$metadata#${collection}/$entity`,
      ...pick(object, selection(call, type)),
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

import { randomUUID } from 'crypto';
import { z } from 'zod';
import { meetBatchItem } from '../../weather/meetBatchItem';
import { errorBody } from './errorBody';
import { GraphAnswer, GraphCall, GraphRoute } from './GraphCall';
import { GraphError } from './GraphError';
import { parseBody } from './parseBody';

/** As documented. */
const MAXIMUM_REQUESTS = 20;

const item = z.object({
  id: z.string(),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  url: z.string().startsWith('/'),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.unknown().optional(),
  dependsOn: z.array(z.string()).optional(),
});

const input = z.object({
  requests: z
    .array(item)
    .min(1)
    .max(
      MAXIMUM_REQUESTS,
      `Number of batch request steps exceeds the maximum value of ${MAXIMUM_REQUESTS}`,
    ),
});

type Item = z.infer<typeof item>;
type ItemAnswer = {
  id: string;
  status: number;
  headers: Record<string, string>;
  body?: unknown;
};

const failed = (call: GraphCall, id: string, error: GraphError): ItemAnswer => {
  const requestId = randomUUID();
  return {
    id,
    status: error.status,
    headers: { 'Content-Type': 'application/json', ...error.headers },
    body: errorBody(
      error,
      { requestId, clientRequestId: requestId },
      call.context.clock.now(),
    ),
  };
};

function answerItem(
  call: GraphCall,
  { id, method, url, headers, body }: Item,
  handle: (call: GraphCall) => GraphAnswer,
): ItemAnswer {
  const [path, query = ''] = url.split(/\?(.*)/s);
  if (path === '/$batch') {
    throw GraphError.badRequest('A batch cannot contain a batch.');
  }
  const weather = meetBatchItem(call.context.weather, method, path);
  try {
    if (weather.before) {
      throw weather.before;
    }
    const answer = handle({
      ...call,
      method,
      path,
      query: new URLSearchParams(query),
      headers: Object.fromEntries(
        Object.entries(headers ?? {}).map(([name, value]) => [
          name.toLowerCase(),
          value,
        ]),
      ),
      body,
    });
    if (weather.after) {
      throw weather.after;
    }
    return {
      id,
      status: answer.status,
      headers: { 'Content-Type': 'application/json', ...answer.headers },
      ...(answer.body === undefined ? {} : { body: answer.body }),
    };
  } catch (error) {
    if (error instanceof GraphError) {
      return failed(call, id, error);
    }
    throw error;
  }
}

/** Graph refuses the whole batch for it, before it looks at any item. */
function refuseBareWrites(requests: Item[]): void {
  const bare = requests.find(
    ({ method, headers, body }) =>
      ['POST', 'PUT', 'PATCH'].includes(method) &&
      (body === undefined ||
        !Object.keys(headers ?? {}).some(name => /^content-type$/i.test(name))),
  );
  if (bare) {
    throw new GraphError(
      400,
      'BadRequest',
      `Write request id : ${bare.id} does not contain Content-Type header or body.`,
    );
  }
}

/**
 * Several requests in one. Items fail one by one inside a 200; an item that
 * depends on a failed one fails with 424.
 */
export function batchRoute(
  handle: (call: GraphCall) => GraphAnswer,
): GraphRoute {
  return {
    method: 'POST',
    path: '/$batch',
    permissions: [],
    handle: call => {
      const { requests } = parseBody(input, call.body);
      if (new Set(requests.map(({ id }) => id)).size < requests.length) {
        throw GraphError.badRequest('The ids of a batch have to be unique.');
      }
      refuseBareWrites(requests);
      const responses: ItemAnswer[] = [];
      for (const request of requests) {
        const blocked = (request.dependsOn ?? []).some(
          id => !responses.some(r => r.id === id && r.status < 400),
        );
        responses.push(
          blocked
            ? failed(
                call,
                request.id,
                new GraphError(
                  424,
                  'FailedDependency',
                  'A request that this one depends on has failed.',
                ),
              )
            : answerItem(call, request, handle),
        );
      }
      return { status: 200, body: { responses } };
    },
  };
}

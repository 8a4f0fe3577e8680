import { randomUUID } from 'crypto';
import express, { Request, Response, Router } from 'express';
import { GraphService } from './GraphService';
import { authenticate } from './protocol/authenticate';
import { errorBody, RequestIds } from './protocol/errorBody';
import { EntraContext, GraphAnswer } from './protocol/GraphCall';
import { GraphError } from './protocol/GraphError';

/** As documented for Graph. */
const MAXIMUM_BODY = '4mb';

const CONTENT_TYPE =
  'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

function answer(
  context: EntraContext,
  service: GraphService,
  request: Request,
): GraphAnswer {
  const caller = authenticate(context, request.headers.authorization);
  const url = new URL(request.originalUrl, 'http://sandbox');
  const path = url.pathname.slice(request.baseUrl.length).replace(/\/$/, '');
  const { host = 'localhost' } = request.headers;
  return service.handle({
    context,
    method: request.method,
    // The documentation writes the key of an upsert also behind a slash.
    path: path.replace(/%27/gi, "'").replace('/(', '('),
    parameters: {},
    query: url.searchParams,
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(',') : value,
      ]),
    ),
    body: request.body,
    caller,
    serviceRoot: `${request.protocol}://${host}${request.baseUrl}`,
  });
}

function send(
  response: Response,
  { status, body, headers = {} }: GraphAnswer,
): void {
  response.status(status).set(headers);
  if (body === undefined) {
    response.end();
  } else if (typeof body === 'string') {
    response.set('Content-Type', 'text/plain').send(body);
  } else {
    // Not `json()`: it would write its own content type.
    response.set('Content-Type', CONTENT_TYPE).end(JSON.stringify(body));
  }
}

/** Every refusal is JSON of one form, also that of a fault of the sandbox itself. */
function toGraphError(error: Error & { type?: string }): GraphError {
  if (error instanceof GraphError) {
    return error;
  }
  switch (error.type) {
    case 'entity.parse.failed':
    case 'charset.unsupported':
    case 'encoding.unsupported':
      return new GraphError(
        400,
        'BadRequest',
        'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
      );
    case 'entity.too.large':
      return new GraphError(
        413,
        'RequestEntityTooLarge',
        'The request body is larger than 4 MB.',
      );
    default:
      return new GraphError(500, 'InternalServerError', error.message);
  }
}

/**
 * Microsoft Graph, to be mounted at `/v1.0` and at `/beta`.
 *
 * @public
 */
export function createGraphRouter(context: EntraContext): Router {
  const service = new GraphService();
  const router = Router();
  router.use((request, response, next) => {
    const requestId = randomUUID();
    const clientRequestId = request.get('client-request-id') ?? requestId;
    const ids: RequestIds = { requestId, clientRequestId };
    response.locals.ids = ids;
    response.set({
      'request-id': requestId,
      'client-request-id': clientRequestId,
      'OData-Version': '4.0',
    });
    next();
  });
  router.use(express.json({ limit: MAXIMUM_BODY, strict: false }));
  router.use((request, response) => {
    send(response, answer(context, service, request));
  });
  router.use(
    (
      error: Error & { type?: string },
      _request: Request,
      response: Response,
      // Express knows an error handler by its four parameters.
      _next: express.NextFunction,
    ) => {
      const refusal = toGraphError(error);
      send(response, {
        status: refusal.status,
        headers: refusal.headers,
        body: errorBody(refusal, response.locals.ids, context.clock.now()),
      });
    },
  );
  return router;
}

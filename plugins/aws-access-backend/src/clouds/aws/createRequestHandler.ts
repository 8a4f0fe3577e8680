import { OrganizationsClient } from '@aws-sdk/client-organizations';

/** How the SDK's clients send a request. */
export type RequestHandler = OrganizationsClient['config']['requestHandler'];

const CONNECTION_MS = 5_000;
/** Until the headers of the answer are there. */
const HEADERS_MS = 30_000;
/** Until all of the answer is there; AWS sends nothing that is longer than a page. */
const ANSWER_MS = 40_000;

/**
 * Makes what the SDK sends with: every attempt ends by itself, because one that
 * hangs would hold its place in the limiter for ever. The SDK's own limit ends
 * with the headers: an answer that stalls after them, or comes byte by byte, is
 * cut off here.
 *
 * @param answerMs - for tests
 */
export function createRequestHandler(answerMs = ANSWER_MS): RequestHandler {
  // The SDK's own handler, without a dependency on the package that it is in.
  const handler = new OrganizationsClient({
    requestHandler: {
      connectionTimeout: CONNECTION_MS,
      requestTimeout: HEADERS_MS,
      throwOnRequestTimeout: true,
    },
  }).config.requestHandler;
  const handle = handler.handle.bind(handler);
  handler.handle = (request, options) =>
    handle(request, { ...options, abortSignal: AbortSignal.timeout(answerMs) });
  return handler;
}

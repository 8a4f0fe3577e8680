import { GraphError } from './GraphError';

/** The ids that Graph repeats in headers and in every error. */
export type RequestIds = { requestId: string; clientRequestId: string };

/** An error as JSON, with the ids that Microsoft's support asks for. */
export function errorBody(
  error: GraphError,
  ids: RequestIds,
  now: number,
): Record<string, unknown> {
  return {
    error: {
      code: error.code,
      message: error.message,
      innerError: {
        date: new Date(now).toISOString().slice(0, 19),
        'request-id': ids.requestId,
        'client-request-id': ids.clientRequestId,
      },
    },
  };
}

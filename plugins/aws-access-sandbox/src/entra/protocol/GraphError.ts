/**
 * A refusal as Microsoft Graph words it: status, machine-readable code and a sentence.
 */
export class GraphError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }

  /** 400 for input that Graph does not take. */
  static badRequest(message: string): GraphError {
    return new GraphError(400, 'Request_BadRequest', message);
  }

  /** 404 for an object that does not exist, or does not yet for this reader. */
  static notFound(id: string): GraphError {
    return new GraphError(
      404,
      'Request_ResourceNotFound',
      `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
    );
  }

  /** 403 for a caller without the permission. */
  static denied(): GraphError {
    return new GraphError(
      403,
      'Authorization_RequestDenied',
      'Insufficient privileges to complete the operation.',
    );
  }

  /** 429, with the seconds to wait where the service tells them. */
  static tooManyRequests(
    retryAfterSeconds?: number,
    headers: Record<string, string> = {},
  ): GraphError {
    return new GraphError(429, 'TooManyRequests', 'Too many requests.', {
      ...headers,
      ...(retryAfterSeconds === undefined
        ? {}
        : { 'Retry-After': String(retryAfterSeconds) }),
    });
  }
}

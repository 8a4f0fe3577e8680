import type { ErrorRequestHandler } from 'express';

/**
 * The last resort: what no service answered itself, such as a body that is too large or is not JSON. Nobody who calls
 * the sandbox reads HTML, and AWS clients look for `__type`.
 */
export const answerErrors: ErrorRequestHandler = (
  error: Error & { status?: number },
  _request,
  response,
  next,
) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  const status = error.status ?? 500;
  if (status >= 500) {
    // A fault of the sandbox itself must be found, not retried away.
    process.stderr.write(`${error.stack}\n`);
  }
  const type =
    status === 413 ? 'RequestEntityTooLargeException' : 'InternalFailure';
  response.status(status).json({
    ...(status === 413 || status >= 500 ? { __type: type } : {}),
    error: { message: error.message },
  });
};

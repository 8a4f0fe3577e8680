import { appendFileSync } from 'node:fs';
import type { RequestHandler } from 'express';

/**
 * Appends every AWS and Graph exchange to a file, one JSON object a line, for a comparison with what the services
 * publish about themselves. Credentials are left out: the request's headers are not recorded.
 *
 * @throws Error when the file cannot be written
 */
export function recordExchanges(file: string): RequestHandler {
  // Now, where somebody reads it, and not in the middle of an answer.
  appendFileSync(file, '');
  return (request, response, next) => {
    const target = request.get('x-amz-target');
    const isGraph = /^\/(v1\.0|beta)(\/|$)/.test(request.path);
    if (!target && !isGraph) {
      next();
      return;
    }
    const chunks: Buffer[] = [];
    const { path, originalUrl, method } = request;
    const end = response.end.bind(response);
    const write = response.write.bind(response);
    const keep = (chunk: unknown) => {
      if (typeof chunk === 'string' || chunk instanceof Uint8Array) {
        chunks.push(Buffer.from(chunk));
      }
    };
    response.write = ((...parameters: Parameters<typeof write>) => {
      keep(parameters[0]);
      return write(...parameters);
    }) as typeof response.write;
    response.end = ((...parameters: Parameters<typeof end>) => {
      keep(parameters[0]);
      // A count of objects is text: there is no model to compare it with.
      if (/^text\//.test(String(response.getHeader('content-type') ?? ''))) {
        return end(...parameters);
      }
      appendFileSync(
        file,
        `${JSON.stringify({
          cloud: target ? 'aws' : 'graph',
          method,
          path: isGraph ? originalUrl : path,
          target,
          request: parseJson(request.body),
          status: response.statusCode,
          responseHeaders: response.getHeaders(),
          response: parseJson(Buffer.concat(chunks).toString('utf8')),
        })}\n`,
      );
      return end(...parameters);
    }) as typeof response.end;
    next();
  };
}

function parseJson(body: unknown): unknown {
  if (typeof body !== 'string') {
    return body ?? null;
  }
  try {
    return JSON.parse(body);
  } catch {
    return body === '' ? null : body;
  }
}

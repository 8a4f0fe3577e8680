import type { RequestHandler } from 'express';

const LOOPBACK_NAMES = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

/**
 * Keeps web pages of other sites away from the sandbox. Listening on loopback does not: a page can point a name of
 * its own to 127.0.0.1 (DNS rebinding), or simply post a form to it.
 */
export const refuseForeignHosts: RequestHandler = (request, response, next) => {
  const host = request.get('host') ?? '';
  const origin = request.get('origin');
  const foreignOrigin =
    origin !== undefined &&
    !LOOPBACK_NAMES.test(origin.replace(/^https?:\/\//i, ''));
  if (!LOOPBACK_NAMES.test(host) || foreignOrigin) {
    response.status(403).json({
      error: {
        message:
          'The sandbox answers only requests that are made to, and come from, this machine',
      },
    });
    return;
  }
  next();
};

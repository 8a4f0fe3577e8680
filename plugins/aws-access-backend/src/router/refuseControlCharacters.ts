import { InputError, NotFoundError } from '@backstage/errors';
import { RequestHandler } from 'express';

const CONTROL = /\p{Cc}/u;
const NUL = /\\u0000/;

/**
 * No id, cursor or search has control characters, and PostgreSQL keeps no NUL in
 * any text. Both databases answer the same: what has such an id does not exist,
 * and what has them elsewhere is wrong input.
 */
export const refuseControlCharacters: RequestHandler = (
  request,
  _response,
  next,
) => {
  if (CONTROL.test(decode(request.path))) {
    next(new NotFoundError('There is no such thing.'));
    return;
  }
  for (const [name, value] of Object.entries(request.query)) {
    if (CONTROL.test(`${name}${value}`)) {
      next(
        new InputError(
          `${
            CONTROL.test(name) ? 'query' : name
          }: must not contain control characters`,
        ),
      );
      return;
    }
  }
  if (NUL.test(JSON.stringify(request.body ?? null))) {
    next(new InputError('body: must not contain NUL characters'));
    return;
  }
  next();
};

/** Broken escapes are the router's to refuse. */
function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '';
  }
}

import { isError } from '@backstage/errors';

/** What an error means for the reader. */
export type ErrorKind = 'notFound' | 'forbidden' | 'conflict' | 'other';

const KINDS: Record<string, ErrorKind> = {
  NotFoundError: 'notFound',
  NotAllowedError: 'forbidden',
  ConflictError: 'conflict',
};

/**
 * Which kind of failure this is. A ResponseError carries the backend's own
 * error as its cause.
 */
export function getErrorKind(error: unknown): ErrorKind {
  if (!isError(error)) return 'other';
  const cause = isError(error.cause) ? error.cause : error;
  return KINDS[cause.name] ?? 'other';
}

/** Whether asking again would give the same answer. */
export function isRefusal(error: unknown): boolean {
  return getErrorKind(error) !== 'other';
}

/**
 * The backend's own words, without the "Request failed with" around them, as a
 * sentence that others can follow.
 */
export function getErrorMessage(error: unknown): string {
  const words = getWords(error).trim();
  return /[.!?]$/.test(words) ? words : `${words}.`;
}

function getWords(error: unknown): string {
  if (!isError(error)) return String(error);
  return isError(error.cause) ? error.cause.message : error.message;
}

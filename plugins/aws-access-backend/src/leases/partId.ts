import { createHash } from 'node:crypto';

/**
 * The id of the request as which the nth part of another one ends. It follows from
 * the other's, so that the parts are found without being listed anywhere; nobody
 * outside chooses ids of requests.
 *
 * @param place - counted from 1
 */
export function partId(requestId: string, place: number): string {
  const hex = createHash('sha256')
    .update(`aws-access part ${place} of ${requestId}`)
    .digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    // Version 8 and its variant: a UUID of the maker's own content (RFC 9562).
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';

/**
 * SHA-256, in hex, over the RFC 8785 canonical JSON of a value. Members that are
 * undefined do not count, as in JSON.
 *
 * @throws TypeError when the value has no JSON form
 */
export function digestOf(value: unknown): string {
  const canonical = canonicalize(value);
  if (canonical === undefined) {
    throw new TypeError('Only a JSON value has a digest');
  }
  return createHash('sha256').update(canonical, 'utf8').digest('hex');
}

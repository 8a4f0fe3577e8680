import { AuditEvent } from 'backstage-plugin-aws-access-common';
import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';

/** What the first row of a chain follows: nothing. */
export const NO_PREVIOUS_HASH = '0'.repeat(64);

/** RFC 8785 text of an event without its hashes: what its hash is over. */
export function canonicalAuditText(
  event: Omit<AuditEvent, 'hash' | 'previousHash'>,
): string {
  return canonicalize({
    organizationId: event.organizationId,
    sequence: event.sequence,
    at: event.at,
    kind: event.kind,
    actor: event.actor,
    requestId: event.requestId,
    data: event.data,
  })!;
}

/** SHA-256, in hex, over the previous row's hash and this row's text. */
export function auditHash(previousHash: string, canonical: string): string {
  return createHash('sha256')
    .update(previousHash, 'utf8')
    .update(canonical, 'utf8')
    .digest('hex');
}

import { AuditVerification } from 'backstage-plugin-aws-access-common';
import { auditHash, canonicalAuditText, NO_PREVIOUS_HASH } from './auditHash';
import { AuditStore } from './AuditStore';

/**
 * Walks an organization's chain from its first row. A row that was changed,
 * removed, inserted or moved does not follow from the one before it; a tail that
 * was cut off shows against the recorded head, or, when the head was forged too,
 * against one that is known from elsewhere.
 *
 * @param known - a head that was said before, e.g. in the portal's log
 */
export async function verifyAuditChain(
  store: AuditStore,
  organizationId: string,
  known?: { sequence: number; hash: string },
): Promise<AuditVerification> {
  // The head is read first: rows appended meanwhile only lie beyond it.
  const head = (await store.head(organizationId)) ?? null;
  let previous = { sequence: 0, hash: NO_PREVIOUS_HASH };
  let headSeen = head === null || head.sequence === 0;

  const broken = (sequence: number, reason: string): AuditVerification => ({
    organizationId,
    verdict: 'broken',
    rows: previous.sequence,
    head,
    brokenAt: sequence,
    reason,
  });

  for await (const page of store.scan(organizationId)) {
    for (const { event, canonical, columns } of page) {
      if (event.sequence !== previous.sequence + 1) {
        return broken(
          previous.sequence + 1,
          `Row ${previous.sequence + 1} is missing: row ${
            event.sequence
          } comes next`,
        );
      }
      if (event.previousHash !== previous.hash) {
        return broken(
          event.sequence,
          'The row does not name the hash of the row before it',
        );
      }
      if (
        canonical !== canonicalAuditText(event) ||
        event.organizationId !== organizationId ||
        event.hash !== auditHash(previous.hash, canonical)
      ) {
        return broken(
          event.sequence,
          'The row is not what its hash was made of',
        );
      }
      if (
        columns.at !== event.at ||
        columns.kind !== event.kind ||
        columns.actor !== event.actor ||
        columns.requestId !== event.requestId
      ) {
        return broken(
          event.sequence,
          'The row would not be found by what it says: a column differs from its text',
        );
      }
      if (event.sequence === known?.sequence && event.hash !== known.hash) {
        return broken(event.sequence, 'The row is not the known head');
      }
      previous = { sequence: event.sequence, hash: event.hash };
      if (head && event.sequence === head.sequence) {
        if (event.hash !== head.hash) {
          return broken(event.sequence, 'The row is not the recorded head');
        }
        headSeen = true;
      }
    }
  }
  if (!headSeen) {
    return broken(
      previous.sequence + 1,
      `The rows after ${
        previous.sequence
      } are missing: the recorded head is row ${head!.sequence}`,
    );
  }
  if (known && known.sequence > previous.sequence) {
    return broken(
      previous.sequence + 1,
      `The rows after ${previous.sequence} are missing: row ${known.sequence} is known to have been there`,
    );
  }
  return {
    organizationId,
    verdict: 'consistent',
    rows: previous.sequence,
    head,
    brokenAt: null,
    reason: null,
  };
}

import { AuditEvent } from 'backstage-plugin-aws-access-common';
import { stringify } from 'csv-stringify/sync';

const COLUMNS = [
  'organizationId',
  'sequence',
  'at',
  'kind',
  'actor',
  'requestId',
  'data',
  'previousHash',
  'hash',
] as const;

/**
 * Rows of the log as CSV. Cells that a spreadsheet would run as a formula are
 * neutralised (security rule 30).
 *
 * @param isFirst - whether the head line comes before them
 */
export function auditCsv(events: AuditEvent[], isFirst: boolean): string {
  return stringify(
    events.map(event => ({ ...event, data: JSON.stringify(event.data) })),
    { header: isFirst, columns: [...COLUMNS], escape_formulas: true },
  );
}

/** Texts of the audit log. */
export const auditMessages = {
  title: 'Audit log',
  row: 'Row',
  at: 'When',
  what: 'What happened',
  who: 'Who',
  request: 'Request',
  product: 'the product itself',
  openRequest: 'open',
  kind: 'What happened',
  actor: 'Who (ref)',
  from: 'From (UTC day)',
  to: 'Before (UTC day)',
  emptyTitle: 'Nothing was recorded',
  emptyBody:
    'What people and the product do is listed here. Loosen the filter.',
  exportCsv: 'Export CSV',
  exportJson: 'Export JSON',
  verify: 'Verify',
  consistent: 'Nothing was changed or removed',
  consistentBody:
    '{{rows}} rows follow from one another; the head is {{hash}}.',
  broken: 'The log was changed',
  brokenBody: 'Row {{row}}: {{reason}}',
  failed: 'That did not work',
} as const;

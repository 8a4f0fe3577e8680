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
    'What people and the product do is listed here, from the first request on.',
  emptyFilterTitle: 'No row matches the filter',
  emptyFilterBody:
    'Loosen it: names of what happened and of who are compared whole.',
  exportCsv: 'Export CSV',
  exportJson: 'Export JSON',
  verify: 'Verify',
  verifyTitle: 'Verify the audit log',
  verifyBody:
    'Every row is checked against the one before it. That alone does not notice rows that were cut off at the end: for that, give a row and its hash that were written down elsewhere.',
  knownRow: 'Known row',
  knownHash: 'Its hash',
  knownHint:
    'Optional: the portal writes the newest row and its hash to its log regularly',
  knownIncomplete:
    'Give both the row and its hash of 64 characters, or neither.',
  consistent: 'Nothing was changed or removed',
  consistentBody:
    '{{rows}} rows follow from one another; the head is {{hash}}.',
  broken: 'The log was changed',
  brokenBody: 'Row {{row}}: {{reason}}',
  failed: 'That did not work',
} as const;

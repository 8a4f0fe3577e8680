import { AccessEntry } from 'backstage-plugin-aws-access-common';
import { stringify } from 'csv-stringify/browser/esm/sync';

const COLUMNS = [
  'organization',
  'account',
  'account_id',
  'environment',
  'permission_set',
  'access_level',
  'through',
  'kind',
  'until',
  'request',
  'person',
  'person_ref',
  'in_team',
  'state',
  'verdict',
] as const;

/**
 * One line for each person and piece of access. Cells that a spreadsheet would
 * run as a formula are neutralised (security rule 30).
 */
export function toAccessCsv(entries: readonly AccessEntry[]): string {
  const rows = entries.flatMap(entry => {
    const access = [
      entry.organizationId,
      entry.account.name,
      entry.account.id,
      entry.account.environment,
      entry.permissionSet.name,
      entry.permissionSet.accessLevel,
      describePath(entry.path),
      entry.standing,
      entry.until ?? '',
      entry.requestNumber ?? '',
    ];
    if (entry.holders.length === 0)
      return [[...access, '', '', '', '', entry.verdict]];
    return entry.holders.map(holder => [
      ...access,
      holder.displayName,
      holder.entityRef ?? '',
      holder.inTeam === null ? '' : String(holder.inTeam),
      holder.reach,
      entry.verdict,
    ]);
  });
  return stringify([[...COLUMNS], ...rows], { escape_formulas: true });
}

function describePath(path: AccessEntry['path']) {
  switch (path.via) {
    case 'group':
      return path.groupName;
    case 'direct':
      return 'direct';
    default:
      return 'missing principal';
  }
}

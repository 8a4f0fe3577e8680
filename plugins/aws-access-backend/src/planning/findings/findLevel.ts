import { Finding } from 'backstage-plugin-aws-access-common';
import { openPaths } from './findEscalation';
import { SetFindingKind, GivenPermissionSet } from './FindingsContext';

/** How much a permission set allows as a whole. */
export const findLevel: SetFindingKind = ({ given, draft }) =>
  given.flatMap(set => [
    ...levelOf(set),
    ...standingOf(set, draft.duration),
    ...unboundedOf(set),
  ]);

function levelOf({ arn, label, level }: GivenPermissionSet): Finding[] {
  if (!level.fact.known) {
    return [
      {
        id: `unknown-permissions/${arn}`,
        severity: 'medium',
        title: 'It is not known what it allows',
        reason: `${label} counts as any level: ${level.fact.reason}.`,
      },
    ];
  }
  switch (level.level) {
    case 'admin':
      return [
        {
          id: `admin-equivalent/${arn}`,
          severity: 'high',
          title: 'Administrator rights',
          reason: `${label} allows everything in the account, including giving rights to others.`,
        },
      ];
    case 'power':
      return [
        {
          id: `power-access/${arn}`,
          severity: 'medium',
          title: 'Far-reaching rights',
          reason: `${label} allows almost everything in the account.`,
        },
      ];
    default:
      return [];
  }
}

function standingOf(
  { arn, label, level }: GivenPermissionSet,
  duration: string | null,
): Finding[] {
  if (duration !== null || !isPowerful(level.level)) return [];
  return [
    {
      id: `standing-power/${arn}`,
      severity: 'high',
      title: 'Powerful access with no end',
      reason: `${label} is asked for with no end.`,
    },
  ];
}

function unboundedOf(set: GivenPermissionSet): Finding[] {
  if (set.document.permissionsBoundary !== null) return [];
  if (!isPowerful(set.level.level) && openPaths(set).length === 0) return [];
  return [
    {
      id: `no-boundary/${set.arn}`,
      severity: 'low',
      title: 'No permissions boundary',
      reason: `Nothing limits what ${set.label} could come to.`,
    },
  ];
}

function isPowerful(level: GivenPermissionSet['level']['level']): boolean {
  return level === 'admin' || level === 'power';
}

import { Finding } from 'backstage-plugin-aws-access-common';
import { accountLabel } from '../../wording/labels';
import { accountAssignmentDocumentSchema } from '../objects/planDocuments';
import { FindingKind, FindingsContext } from './FindingsContext';

/** AWS's quota of permission sets in an account, unless AWS has raised it. */
export const MOST_SETS_IN_ACCOUNT = 500;

const findEnvironments: FindingKind = ({ accounts, draft }) =>
  accounts.flatMap((account): Finding[] => {
    const label = accountLabel(account);
    if (account.environment === 'unknown') {
      return [
        {
          id: `unknown-environment/${account.id}`,
          severity: 'medium',
          title: 'Unknown environment',
          reason: `No trusted source says whether ${label} is production, so it counts as any.`,
        },
      ];
    }
    if (account.environment !== 'prod') return [];
    const production: Finding = {
      id: `production/${account.id}`,
      severity: 'medium',
      title: 'Production',
      reason: `${label} is a production account.`,
    };
    return draft.duration === null
      ? [
          production,
          {
            id: `standing-production/${account.id}`,
            severity: 'medium',
            title: 'Production access with no end',
            reason: `Access to ${label} is asked for with no end.`,
          },
        ]
      : [production];
  });

/**
 * Accounts that would have more permission sets than AWS provisions in one. It is
 * no refusal: AWS raises quotas on request, and the inventory may be behind.
 */
function findCrowded({ accounts, draft, facts }: FindingsContext): Finding[] {
  const given = draft.objects
    .filter(
      ({ kind, action }) => kind === 'accountAssignment' && action === 'create',
    )
    .map(({ after }) => accountAssignmentDocumentSchema.parse(after));
  return accounts.flatMap((account): Finding[] => {
    const present = facts.crowdedAccounts?.get(account.id);
    if (!present) return [];
    const after = new Set(present);
    for (const { accountId, permissionSetArn } of given) {
      if (accountId === account.id) after.add(permissionSetArn);
    }
    return after.size <= MOST_SETS_IN_ACCOUNT || after.size === present.length
      ? []
      : [
          {
            id: `crowded-account/${account.id}`,
            severity: 'medium',
            title: 'Too many permission sets in an account',
            reason: `${accountLabel(account)} would have ${
              after.size
            } permission sets; AWS allows ${MOST_SETS_IN_ACCOUNT} in an account, unless it has raised the quota.`,
          },
        ];
  });
}

/** Where access is given or changed. */
export const findInAccounts: FindingKind = context => [
  ...findEnvironments(context),
  ...findCrowded(context),
];

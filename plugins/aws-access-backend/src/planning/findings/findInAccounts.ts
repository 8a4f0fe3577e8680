import { accountLabel } from '../../wording/labels';
import { accountAssignmentDocumentSchema } from '../objects/planDocuments';
import { FindingAbout, FindingKind, FindingsContext } from './FindingsContext';

/** AWS's quota of permission sets in an account, unless AWS has raised it. */
export const MOST_SETS_IN_ACCOUNT = 500;

const findEnvironments: FindingKind = ({ accounts, draft }) =>
  accounts.flatMap((account): FindingAbout[] => {
    const label = accountLabel(account);
    const about = { people: [], accounts: [account.id] };
    if (account.environment === 'unknown') {
      return [
        {
          id: `unknown-environment/${account.id}`,
          severity: 'medium',
          title: 'Unknown environment',
          reason: `No trusted source says whether ${label} is production, so it counts as any.`,
          about,
        },
      ];
    }
    if (account.environment !== 'prod') return [];
    const production: FindingAbout = {
      id: `production/${account.id}`,
      severity: 'medium',
      title: 'Production',
      reason: `${label} is a production account.`,
      about,
    };
    return draft.duration === null
      ? [
          production,
          {
            id: `standing-production/${account.id}`,
            severity: 'medium',
            title: 'Production access with no end',
            reason: `Access to ${label} is asked for with no end.`,
            about,
          },
        ]
      : [production];
  });

/**
 * Accounts that would have more permission sets than AWS provisions in one. It is
 * no refusal: AWS raises quotas on request, and the inventory may be behind.
 */
function findCrowded({
  accounts,
  draft,
  facts,
}: FindingsContext): FindingAbout[] {
  const given = draft.objects
    .filter(
      ({ kind, action }) => kind === 'accountAssignment' && action === 'create',
    )
    .map(({ after }) => accountAssignmentDocumentSchema.parse(after));
  return accounts.flatMap((account): FindingAbout[] => {
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
            about: { people: [], accounts: [account.id] },
          },
        ];
  });
}

/** Where access is given or changed. */
export const findInAccounts: FindingKind = context => [
  ...findEnvironments(context),
  ...findCrowded(context),
];

import { Finding } from 'backstage-plugin-aws-access-common';
import { accountLabel } from '../../wording/labels';
import { FindingKind } from './FindingsContext';

/** Where access is given or changed. */
export const findInAccounts: FindingKind = ({ accounts, draft }) =>
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

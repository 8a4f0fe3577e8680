import { countLabel, durationLabel } from '../../wording/labels';
import { Duration } from 'luxon';
import { SetFindingKind } from './FindingsContext';

/** Assignments that are kept true: accounts come in that nobody saw when approving. */
export const findInScopes: SetFindingKind = ({ scopes }) =>
  scopes.map(({ key, document }) => {
    const { scope, accountIds, seconds } = document;
    const ceiling = 'maxAccounts' in scope ? scope.maxAccounts : null;
    return {
      id: `kept-true/${key}`,
      severity: 'medium',
      title: 'New accounts come in by themselves',
      reason: `It holds in ${countLabel(
        accountIds.length,
        'account',
        'accounts',
      )} now and in accounts that are made later${
        ceiling === null ? '' : `, ${ceiling} in all at most`
      }, for ${durationLabel(
        Duration.fromObject({ seconds }).rescale().toISO()!,
      )}.`,
    };
  });

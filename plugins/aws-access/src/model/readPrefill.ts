import { RequestFormPrefill } from '../routes';
import { RequestFormValues } from './buildRequestInput';
import { emptyWish, REMOVAL_KINDS, usualDuration, WISH_KINDS } from './wishes';

/** The form as a link fills it in; words that mean nothing here are ignored. */
export function readPrefill(prefill: RequestFormPrefill): RequestFormValues {
  const kind = WISH_KINDS.find(name => name === prefill.kind);
  const removal = REMOVAL_KINDS.find(name => name === prefill.removal);
  const wish = emptyWish('1', kind ?? (removal && 'removal'));
  return {
    team: prefill.team,
    wishes: [
      {
        ...wish,
        ...(removal && { removal }),
        ...(kind === 'adoption' &&
          prefill.permissionSet && { adoption: 'permissionSet' as const }),
        ...(prefill.person && {
          audience: 'people' as const,
          people: [prefill.person],
        }),
        accounts: {
          ...wish.accounts,
          accountIds: prefill.account ? [prefill.account] : [],
        },
        permissionSet: prefill.permissionSet,
        // A link about one that exists means to change it.
        ...(kind === 'permissionSet' &&
          prefill.permissionSet && {
            changesSet: true,
            changedSet: prefill.permissionSet,
          }),
        accessGroup: prefill.accessGroup,
      },
    ],
    duration: usualDuration([wish]),
    justification: '',
    ticket: '',
  };
}

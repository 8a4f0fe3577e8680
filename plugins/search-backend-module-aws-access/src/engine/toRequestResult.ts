import {
  IndexableDocument,
  IndexableResult,
} from '@backstage/plugin-search-common';
import {
  AccountRef,
  AWS_ACCESS_SEARCH_TYPES,
  PermissionSetRef,
  RequestSearchDocument,
  RequestSummary,
} from 'backstage-plugin-aws-access-common';

/** Of many, the first few say what it is about. */
const MOST_NAMED = 3;

/**
 * A request as it is found. No person's name, and not the sentence that begins
 * with one: what is found goes through logs and analytics of the portal
 * (security rule 30).
 */
export function toRequestResult(request: RequestSummary): IndexableResult {
  const { id, number, team, state, accounts, permissionSets } = request;
  const document: IndexableDocument & RequestSearchDocument = {
    title: `Request ${number}`,
    text: describe(permissionSets, accounts),
    location: `/aws-access/requests/${encodeURIComponent(id)}`,
    authorization: { resourceRef: id },
    requestId: id,
    number,
    team,
    state,
    isDone: request.isDone ?? false,
    accounts: accounts
      .slice(0, MOST_NAMED)
      .map(({ id: accountId, name, environment }) => ({
        id: accountId,
        name,
        environment,
      })),
    accountCount: accounts.length,
    permissionSets: permissionSets
      .slice(0, MOST_NAMED)
      .map(({ name, accessLevel }) => ({ name, accessLevel })),
  };
  return { type: AWS_ACCESS_SEARCH_TYPES.request, document };
}

/** "ReadOnly (read) in data-prod (555566667777)". */
function describe(sets: PermissionSetRef[], accounts: AccountRef[]): string {
  const what = list(
    sets.map(({ name, accessLevel }) => `${name} (${accessLevel})`),
  );
  const where = list(accounts.map(({ id, name }) => `${name} (${id})`));
  return [what, where].filter(text => text !== '').join(' in ');
}

function list(names: string[]): string {
  const shown =
    names.length > MOST_NAMED
      ? [...names.slice(0, MOST_NAMED), `${names.length - MOST_NAMED} more`]
      : names;
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(shown);
}

import { Plan, RequestDetail } from 'backstage-plugin-aws-access-common';
import { endedAccounts } from '../../leases/endedAccounts';
import { LeaseRow } from '../../leases/LeaseStore';
import { accountAssignmentDocumentSchema } from '../../planning/objects/planDocuments';
import { requestTitle } from '../../planning/words/requestTitle';
import { wishesThatStay } from '../filing/extendRequest';
import { LoadedRequest } from './RequestLoader';

/**
 * What of a usable request goes on where it has ended in some accounts, as its
 * extension asks for it; undefined = all of it. Pure.
 *
 * @param leases - all of the request
 * @param requester - as the catalog displays them
 */
export function whatGoesOn(
  { row, plan: { plan } }: Pick<LoadedRequest, 'row' | 'plan'>,
  leases: Array<Pick<LeaseRow, 'object' | 'endedAt'>>,
  requester: string,
): RequestDetail['goesOn'] {
  if (row.state !== 'active') return undefined;
  const ended = endedAccounts(leases);
  if (!plan.accounts.some(({ id }) => ended.has(id))) return undefined;
  const changes = wishesThatStay(row, plan, ended);
  const title =
    changes.length > 0
      ? requestTitle(planWithout(plan, ended), {
          entraUserId: row.requesterPersonId,
          displayName: requester,
        })
      : row.title;
  return { title, changes };
}

function planWithout(plan: Plan, ended: ReadonlySet<string>): Plan {
  return {
    ...plan,
    accounts: plan.accounts.filter(({ id }) => !ended.has(id)),
    objects: plan.objects.filter(
      ({ kind, before, after }) =>
        kind !== 'accountAssignment' ||
        !ended.has(
          accountAssignmentDocumentSchema.parse(after ?? before).accountId,
        ),
    ),
  };
}

import {
  AccountRef,
  Plan,
  RequestState,
} from 'backstage-plugin-aws-access-common';
import { accountAssignmentDocumentSchema } from '../planning/objects/planDocuments';

/**
 * The accounts among some in which a request's access can be ended while the rest
 * stays: where it assigned, itself, all that it gives there. What comes by a group
 * that had it before, by a permission set that changed or by a scope that is kept
 * true cannot be told apart from the rest. Pure.
 *
 * @param accountIds - whose access is to end
 * @returns undefined where only the whole can end: also while it is being set up,
 *   and where nothing would be left
 */
export function separableAccounts(
  state: RequestState,
  plan: Plan,
  accountIds: string[],
): AccountRef[] | undefined {
  // What is being set up is named by the steps that are still to come.
  if (state !== 'active') return undefined;
  if (plan.objects.some(({ kind }) => kind === 'scope')) return undefined;
  const chosen = new Set(accountIds);
  const given = assignedBy(plan);
  const isLeft = given.some(({ accountId }) => !chosen.has(accountId));
  if (!isLeft) return undefined;
  const keys = new Set(given.map(keyOf));
  const there = [...plan.gains, ...(plan.adopts ?? [])].filter(
    ({ accountId }) => chosen.has(accountId),
  );
  if (!there.every(atom => keys.has(keyOf(atom)))) return undefined;
  const accounts = plan.accounts.filter(
    ({ id }) =>
      chosen.has(id) && given.some(({ accountId }) => accountId === id),
  );
  return accounts.length > 0 ? accounts : undefined;
}

interface Place {
  accountId: string;
  permissionSetArn: string;
}

function assignedBy({ objects }: Plan): Place[] {
  return objects
    .filter(
      ({ kind, action }) =>
        kind === 'accountAssignment' &&
        (action === 'create' || action === 'adopt'),
    )
    .map(({ after }) => accountAssignmentDocumentSchema.parse(after));
}

function keyOf({ accountId, permissionSetArn }: Place): string {
  return `${accountId} ${permissionSetArn}`;
}

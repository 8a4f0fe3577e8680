import {
  AccountRef,
  Atom,
  HOLDING_REQUEST_STATES,
  Plan,
  RequestState,
} from 'backstage-plugin-aws-access-common';
import { accountAssignmentDocumentSchema } from '../planning/objects/planDocuments';

/** What somebody who answers for some accounts of a request can end of it. */
export interface Part {
  /** The accounts in which the access ends while the rest stays. */
  accounts?: AccountRef[];
  /** Why nothing of it ends by them, as one plain sentence. */
  whyNone?: string;
}

/**
 * The accounts among some in which a request's access can be ended while the rest
 * stays: where it assigned, itself, all that it gives there. What comes by a group
 * that had it before, by a permission set that changed or by a scope that is kept
 * true cannot be told apart from the rest, and nobody ends what lies in accounts
 * that they do not answer for (security rule 25). Pure.
 *
 * @param accountIds - whose access is to end, and which are not all of them
 * @returns neither where the request gives nothing now
 */
export function separableAccounts(
  state: RequestState,
  plan: Plan,
  accountIds: string[],
): Part {
  if (!HOLDING_REQUEST_STATES.includes(state)) return {};
  const none = (because: string) => ({
    whyNone: `The access in your accounts cannot be told apart from the rest of the request now: ${because}. All of it can be ended by ${whoEndsAll(
      plan,
    )}.`,
  });
  const chosen = new Set(accountIds);
  // What is being set up is named by the steps that are still to come.
  if (state !== 'active') {
    return none('it is being set up or is stuck');
  }
  if (plan.objects.some(({ kind }) => kind === 'scope')) {
    return none('it is kept true for accounts as they come and go');
  }
  const atoms = atomsOf(plan);
  const there = atoms.filter(({ accountId }) => chosen.has(accountId));
  if (!there.every(assignedBy(plan))) {
    return none(
      'it comes by a group that had it before, or by a permission set that changes',
    );
  }
  // Also what nobody gains by, since they have it in another way.
  const given = new Set(assignmentsOf(plan).map(({ accountId }) => accountId));
  const accounts = plan.accounts.filter(
    ({ id }) => chosen.has(id) && given.has(id),
  );
  return accounts.length > 0
    ? { accounts }
    : none('it gives nothing in these accounts');
}

/** Of what was taken under management nobody asked for their own (security rule 25). */
export function whoEndsAll({ adopts }: Pick<Plan, 'adopts'>): string {
  const others = 'security, and by approvers who answer for all of it';
  return adopts?.length ? others : `who asked for it, by ${others}`;
}

/** Everything that a request gives, or takes under management. */
export function atomsOf(plan: Plan): Atom[] {
  return [...plan.gains, ...(plan.adopts ?? [])];
}

/** Tells whether the request gives something by what it assigns, itself. */
export function assignedBy(plan: Plan): (place: Place) => boolean {
  const keys = new Set(assignmentsOf(plan).map(keyOf));
  return place => keys.has(keyOf(place));
}

interface Place {
  accountId: string;
  permissionSetArn: string;
}

function assignmentsOf({ objects }: Plan): Place[] {
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

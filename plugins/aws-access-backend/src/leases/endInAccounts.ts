import { ConflictError } from '@backstage/errors';
import { AccountRef, Plan } from 'backstage-plugin-aws-access-common';
import { Stores } from '../database/Stores';
import { RequestRow } from '../requests/stores/RequestStore';
import { endAccess } from './endAccess';
import { gives } from './endLeasesOfOthers';
import { LeaseObject, LeaseRow } from './LeaseStore';
import { assignedBy, atomsOf } from './separableAccounts';
import { listLabel } from '../wording/labels';
import { listParts } from './listParts';
import { partId } from './partId';
import { splitOff } from './splitOff';

/**
 * Ends what a request gives in some accounts, in the caller's transaction; the
 * rest stays. Where nothing else is left any more, the whole ends.
 *
 * @throws ConflictError when the request is not active any more, or gives nothing
 *   there any more
 */
export async function endInAccounts(
  stores: Stores,
  options: {
    request: RequestRow;
    accounts: AccountRef[];
    actorRef: string;
    /** One plain sentence, which names the accounts. */
    text: string;
    auditData: Record<string, unknown>;
  },
): Promise<RequestRow> {
  const { request, accounts, actorRef, text } = options;
  await stores.provisioning.lockRequest(request.id);
  const { state } = (await stores.requests.get(request.id))!;
  if (state !== 'active') {
    throw new ConflictError(`Request ${request.number} is ${state} meanwhile`);
  }
  const accountIds = accounts.map(({ id }) => id);
  const live = (await stores.leases.listOfRequest(request.id)).filter(
    lease => lease.endedAt === null,
  );
  const isThere = (accountId: string | undefined) =>
    accountId !== undefined && accountIds.includes(accountId);
  const leases = live.filter(lease => isThere(accountOf(lease)));
  if (leases.length === 0) {
    throw new ConflictError(
      `Request ${request.number} gives nothing there any more`,
    );
  }
  const auditData = { ...options.auditData, accountIds };
  const { plan } = await stores.requests.getPlan(
    request.id,
    request.planVersion,
  );
  const rest = live.filter(lease => !isThere(accountOf(lease)));
  if (!givesElsewhere(plan, accountIds, rest)) {
    const kind = 'returned';
    return endAccess(stores, { request, actorRef, kind, text, auditData });
  }
  // The lock keeps two ends from taking the same place.
  const parts = await listParts(stores, request.id);
  const names = listLabel(
    accounts.map(({ name }) => name),
    3,
  );
  await splitOff(stores, {
    request,
    leases,
    id: partId(request.id, parts.length + 1),
    title: `The part of request ${request.number} in ${names}, ended by its owner`,
    part: partInAccounts(plan, accountIds),
    reason: /[.!?]$/.test(text) ? text : `${text}.`,
    by: actorRef,
    auditData,
  });
  return request;
}

function accountOf({ object }: { object: LeaseObject }): string | undefined {
  return 'accountId' in object ? object.accountId : undefined;
}

/**
 * Whether a request still gives something outside some accounts: by what it
 * assigned there, or by a group or a permission set that reaches there by itself
 * and so has no lease in the account.
 *
 * @param rest - its live leases but those in the accounts
 */
function givesElsewhere(
  plan: Plan,
  accountIds: string[],
  rest: LeaseRow[],
): boolean {
  if (rest.some(lease => accountOf(lease) !== undefined)) return true;
  const isAssigned = assignedBy(plan);
  const comesBySomethingElse = atomsOf(plan).some(
    atom => !accountIds.includes(atom.accountId) && !isAssigned(atom),
  );
  return comesBySomethingElse && rest.some(gives);
}

/** The part of a plan that is about some accounts. */
function partInAccounts(plan: Plan, accountIds: string[]): Plan {
  const losses = atomsOf(plan)
    .filter(({ accountId }) => accountIds.includes(accountId))
    .map(atom => ({ ...atom, seconds: null }));
  return {
    ...plan,
    duration: null,
    people: plan.people.filter(({ entraUserId }) =>
      losses.some(atom => atom.entraUserId === entraUserId),
    ),
    accounts: plan.accounts.filter(({ id }) => accountIds.includes(id)),
    objects: [],
    gains: [],
    adopts: undefined,
    losses,
    findings: [],
    sentences: [],
  };
}

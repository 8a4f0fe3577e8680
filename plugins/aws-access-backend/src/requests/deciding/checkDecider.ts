import { ConflictError, NotAllowedError } from '@backstage/errors';
import { WHY_NOT_DECIDE } from 'backstage-plugin-aws-access-common';
import { stagesToFill } from '../../approvals/ApproverResolver';
import { isBeneficiary } from '../../approvals/beneficiariesOf';
import { approvalsOf, wouldAdvance } from '../../approvals/fillStages';
import { Caller } from '../../authorization/Viewer';
import { Stores } from '../../database/Stores';
import { isOwnRequest } from '../filing/filersOf';
import { LoadedRequest } from '../reading/RequestLoader';
import { toStages } from './toStages';

/**
 * Whether the caller may decide on this plan now: the rules that hold for every
 * verdict (security rules 6, 8, 10 and 31).
 *
 * @returns the caller's person, an Entra object id
 * @throws NotAllowedError when they may not; ConflictError when the request or
 *   its plan is not as the caller saw it
 */
export async function checkDecider(
  stores: Pick<Stores, 'requests'>,
  loaded: LoadedRequest,
  seen: { planVersion: number; planDigest: string },
  caller: Caller,
): Promise<string> {
  const { plan, decisions, stages } = loaded;
  const personId = await checkPerson(stores, loaded, caller);
  if (plan.version !== seen.planVersion || plan.digest !== seen.planDigest) {
    throw new ConflictError(
      'The plan has changed since you saw it. Load the request again, read what is different, and decide on that.',
    );
  }
  if (decisions.some(decision => decision.personId === personId)) {
    throw new ConflictError(WHY_NOT_DECIDE.hasDecided);
  }
  const toFill = stagesToFill(stages);
  if (!wouldAdvance(toFill, approvalsOf(decisions), personId)) {
    const later = whatComesFirst(loaded, personId);
    if (later) throw new ConflictError(later);
    const isNamed = toFill.some(stage => stage.eligible.has(personId));
    if (isNamed) {
      throw new ConflictError(
        `Already decided by ${await decidersOf(stores, loaded, caller)}.`,
      );
    }
    throw new NotAllowedError(WHY_NOT_DECIDE.isNoApprover);
  }
  return personId;
}

/** Why the person's turn has not come; null when that is not what it is. */
function whatComesFirst(
  { stages, filled, plan }: LoadedRequest,
  personId: string,
): string | null {
  const shown = toStages(stages, filled, plan.plan);
  const mine = stages
    .filter(({ approvers }) =>
      approvers.some(person => person.entraUserId === personId),
    )
    .map(({ stage }) => stage.id);
  const later = shown.find(
    ({ id, isOpen, have, need }) => mine.includes(id) && !isOpen && have < need,
  );
  if (!later) return null;
  const first = shown.filter(stage => stage.isOpen).map(({ name }) => name);
  return `"${later.name}" is asked once ${first.join(
    ' and ',
  )} has approved. You will be told.`;
}

async function checkPerson(
  stores: Pick<Stores, 'requests'>,
  loaded: LoadedRequest,
  caller: Caller,
): Promise<string> {
  const { row, beneficiaries } = loaded;
  if (isOwnRequest(row, caller.userRef)) {
    throw new NotAllowedError(WHY_NOT_DECIDE.isRequester);
  }
  if (isBeneficiary(caller, beneficiaries)) {
    throw new NotAllowedError(WHY_NOT_DECIDE.benefits);
  }
  if (caller.actor !== null) {
    throw new NotAllowedError(WHY_NOT_DECIDE.isActor);
  }
  if (caller.entraUserId === null) {
    throw new NotAllowedError(
      'You are not mapped to one person in Entra ID, so you cannot decide. Ask the portal administrator to give exactly your catalog user the annotation graph.microsoft.com/user-id.',
    );
  }
  if (row.state !== 'pending') {
    const deciders = await decidersOf(stores, loaded, caller);
    throw new ConflictError(
      deciders
        ? `Already decided by ${deciders}: the request is ${row.state}.`
        : `The request does not wait for a decision: it is ${row.state}.`,
    );
  }
  return caller.entraUserId;
}

async function decidersOf(
  stores: Pick<Stores, 'requests'>,
  { row, plan }: LoadedRequest,
  caller: Caller,
): Promise<string> {
  const decisions = await stores.requests.listDecisions(
    row.id,
    plan.version,
    plan.countsFromVersion,
  );
  const people = await caller.directory.findPeople(
    decisions.map(decision => decision.entityRef),
  );
  return people.map(person => person.displayName).join(' and ');
}

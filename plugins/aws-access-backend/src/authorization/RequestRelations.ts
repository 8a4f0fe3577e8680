import { Plan, RequestViewer } from 'backstage-plugin-aws-access-common';
import { AccountFactsReader } from '../facts/AccountFactsReader';
import { ResolvedStage, stagesToFill } from '../approvals/ApproverResolver';
import { isBeneficiary } from '../approvals/beneficiariesOf';
import { approvalsOf, wouldAdvance } from '../approvals/fillStages';
import {
  Part,
  separableAccounts,
  whoEndsAll,
} from '../leases/separableAccounts';
import { isOwnRequest } from '../requests/filing/filersOf';
import { isNarrowable } from '../requests/deciding/isNarrowable';
import { WHO_MAY_END_ADOPTED } from '../requests/life/whoMayEnd';
import { Finder } from '../requests/stores/requestKeys';
import { LoadedRequest } from '../requests/reading/RequestLoader';
import { Caller, readsEverything } from './Viewer';

/** What a caller is to a request. */
export interface RequestRelation extends RequestViewer {
  /** May know that it exists. */
  isVisible: boolean;
  /** Decides on it or answers for all of it, so that nothing is kept back. */
  seesWholePlan: boolean;
  /** Why an owner of some of its accounts ends nothing of it, in plain words. */
  whyNotRevoke?: string;
}

/** Says what callers are to requests; the plugin's own rules rest on it. */
export class RequestRelations {
  readonly #accounts: AccountFactsReader;
  readonly #known = new WeakMap<
    LoadedRequest,
    WeakMap<Caller, Promise<RequestRelation>>
  >();

  constructor(options: { accounts: AccountFactsReader }) {
    this.#accounts = options.accounts;
  }

  /**
   * What the caller is to the request as it was loaded. A list asks it of each
   * row several times; a loaded request and a caller live for one call, so that
   * the answer cannot grow old.
   */
  relate(loaded: LoadedRequest, caller: Caller): Promise<RequestRelation> {
    let ofCallers = this.#known.get(loaded);
    if (!ofCallers) {
      ofCallers = new WeakMap();
      this.#known.set(loaded, ofCallers);
    }
    let relation = ofCallers.get(caller);
    if (!relation) {
      relation = this.#relate(loaded, caller);
      ofCallers.set(caller, relation);
    }
    return relation;
  }

  async #relate(
    loaded: LoadedRequest,
    caller: Caller,
  ): Promise<RequestRelation> {
    const { row, plan, decisions, beneficiaries, stages } = loaded;
    const { userRef, entraUserId } = caller;

    const isRequester = isOwnRequest(row, userRef);
    const benefits = isBeneficiary(caller, beneficiaries);
    const hasDecided = decisions.some(
      decision =>
        decision.personId === entraUserId || decision.entityRef === userRef,
    );
    const isEligibleApprover =
      entraUserId !== null &&
      !benefits &&
      wouldAdvance(stagesToFill(stages), approvalsOf(decisions), entraUserId);
    const owned = await this.#accounts.filterOwned(
      row.organizationId,
      plan.plan.accounts.map(({ id }) => id),
      userRef,
      caller.directory,
    );
    const ownsAccount = owned.length > 0;
    const adopts = Boolean(plan.plan.adopts?.length);
    const endsAll =
      (isRequester && !adopts) ||
      caller.roles.has('security') ||
      answersForAll(loaded, entraUserId, owned);
    const part = endsAll ? {} : separableAccounts(row.state, plan.plan, owned);
    const mayRevoke =
      ownsAccount ||
      isApprover(loaded, entraUserId) ||
      caller.roles.has('security');

    return {
      isRequester,
      benefits,
      isEligibleApprover,
      hasDecided,
      isOperator: caller.roles.has('operator'),
      canRevoke: mayRevoke && part.whyNone === undefined,
      isUserThemselves: caller.actor === null,
      adopts,
      ...(part.accounts && { endsOnly: part.accounts }),
      ...(mayRevoke && part.whyNone && { whyNotRevoke: part.whyNone }),
      ...whyNotReturn(plan.plan, part, {
        mayRevoke,
        mayNotGiveBack: isRequester && adopts,
      }),
      isNarrowable: isEligibleApprover && isNarrowable(row, plan.plan),
      seesWholePlan:
        readsEverything(caller) ||
        caller.roles.has('operator') ||
        hasDecided ||
        isApprover(loaded, entraUserId) ||
        loaded.asked.includes(userRef) ||
        (ownsAccount && owned.length === plan.plan.accounts.length),
      isVisible:
        readsEverything(caller) ||
        caller.roles.has('operator') ||
        benefits ||
        ownsAccount ||
        hasDecided ||
        caller.teams.includes(row.teamRef) ||
        isApprover(loaded, entraUserId) ||
        (await this.#leads(row.teamRef, caller)) ||
        loaded.asked.includes(userRef),
    };
  }

  /** What leads to the requests that the caller may read or decide on. */
  async finderOf(caller: Caller): Promise<Finder> {
    const { userRef, teams, directory } = caller;
    const [ledTeams, accountIds] = await Promise.all([
      directory.findLedTeams(userRef),
      this.#accounts.listOwnedBy(userRef, directory),
    ]);
    return { userRef, teams, ledTeams, accountIds };
  }

  async #leads(teamRef: string, caller: Caller): Promise<boolean> {
    const team = await caller.directory.findTeam(teamRef);
    return team?.leads.includes(caller.userRef) ?? false;
  }
}

/** Why somebody ends nothing of it, or not all, where they might look for it. */
function whyNotReturn(
  plan: Plan,
  { accounts, whyNone }: Part,
  viewer: { mayRevoke: boolean; mayNotGiveBack: boolean },
): Pick<RequestViewer, 'whyNotReturn'> {
  if (viewer.mayRevoke && whyNone) return { whyNotReturn: whyNone };
  if (viewer.mayRevoke && accounts) {
    return {
      whyNotReturn: `All of it can be ended by ${whoEndsAll(plan)}.`,
    };
  }
  return viewer.mayNotGiveBack && !viewer.mayRevoke
    ? { whyNotReturn: WHO_MAY_END_ADOPTED }
    : {};
}

/**
 * Whether they answer for more of it than their own accounts: they own all that it
 * touches, or are asked for another reason than owning some.
 */
function answersForAll(
  { stages, plan }: LoadedRequest,
  entraUserId: string | null,
  owned: string[],
): boolean {
  if (owned.length === plan.plan.accounts.length) return true;
  const isByAccount = (stage: ResolvedStage['stage']) =>
    stage.approvers.some(
      source => source === 'accountOwner' || source === 'systemOwner',
    );
  return stages.some(
    ({ stage, approvers }) =>
      (owned.length === 0 || !isByAccount(stage)) &&
      approvers.some(
        person => entraUserId !== null && person.entraUserId === entraUserId,
      ),
  );
}

function isApprover(
  { stages }: LoadedRequest,
  entraUserId: string | null,
): boolean {
  return stages.some(({ approvers }) =>
    approvers.some(
      person => entraUserId !== null && person.entraUserId === entraUserId,
    ),
  );
}

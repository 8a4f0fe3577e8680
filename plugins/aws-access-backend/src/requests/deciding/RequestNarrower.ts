import { ConflictError, InputError } from '@backstage/errors';
import {
  DecisionInput,
  Narrowing,
  Plan,
  Problem,
} from 'backstage-plugin-aws-access-common';
import { randomUUID } from 'node:crypto';
import {
  ApproverResolver,
  stagesToFill,
} from '../../approvals/ApproverResolver';
import { findApproverProblems } from '../../approvals/findApproverProblems';
import { approvalsOf, fillStages } from '../../approvals/fillStages';
import { Caller } from '../../authorization/Viewer';
import { confirmDecision } from '../../awareness/confirmDecision';
import { RootStores } from '../../database/Stores';
import { covers } from '../../planning/covering/covers';
import { requestTitle } from '../../planning/words/requestTitle';
import { RequestPlanner } from '../../planning/RequestPlanner';
import { accountLabel, listLabel } from '../../wording/labels';
import { askApprovers } from '../asking/askApprovers';
import { describeNarrowing } from './describeNarrowing';
import { mergeStages } from './mergeStages';
import { narrowWishes, Wishes } from './narrowWishes';
import { problemsToError } from '../filing/problemsToError';
import { recordTransition } from '../life/recordTransition';
import { LoadedRequest } from '../reading/RequestLoader';
import { PlannedInput } from '../filing/RequestPreviewer';
import { DecisionRow, RequestRow } from '../stores/RequestStore';
import { planForAll } from './planForAll';
import { toStages, waitingFor } from './toStages';

/** What would be left of a request. */
export interface NarrowedRequest extends PlannedInput {
  wishes: Wishes;
}

/**
 * Approving less: a new plan version that the seen plan covers, with the stages
 * of both, approved by who made it. Decisions on the wider plan go on counting,
 * because whoever agreed to more agreed to less (security rule 2).
 */
export class RequestNarrower {
  readonly #stores: RootStores;
  readonly #planner: RequestPlanner;
  readonly #approvers: ApproverResolver;

  constructor(options: {
    stores: RootStores;
    planner: RequestPlanner;
    approvers: ApproverResolver;
  }) {
    this.#stores = options.stores;
    this.#planner = options.planner;
    this.#approvers = options.approvers;
  }

  /**
   * Plans what would be left; what keeps it from being approved are problems.
   *
   * @throws InputError when something cannot stay, or nothing would
   */
  async plan(
    { row, plan: seen, beneficiaries, waiting }: LoadedRequest,
    to: Narrowing,
    caller: Caller,
  ): Promise<NarrowedRequest> {
    const wishes = narrowWishes(row, seen.plan, to);
    const result = await this.#planner.planFromInventory({
      organizationId: row.organizationId,
      teamRef: row.teamRef,
      requesterRef: row.requesterRef,
      actor: row.actor,
      requestId: row.id,
      ...wishes,
    });
    const policy = result.policy && {
      ...result.policy,
      stages: mergeStages(seen.policy.stages, result.policy.stages),
      autoApproved: false,
    };
    const stages = policy
      ? await this.#approvers.resolve(policy.stages, {
          organizationId: row.organizationId,
          requesterRef: row.requesterRef,
          teamRef: row.teamRef,
          beneficiaries,
          directory: caller.directory,
          waiting,
        })
      : [];
    return {
      organizationId: row.organizationId,
      wishes,
      result: { ...result, policy },
      stages,
      problems: [
        ...result.problems,
        ...(result.plan
          ? [
              ...whyNotNarrower(seen.plan, result.plan),
              ...findUnleavable(result.plan, to),
            ]
          : []),
        ...findApproverProblems(stages),
      ],
    };
  }

  /**
   * @param personId - the caller, whom `checkDecider` has let through
   * @throws InputError, ConflictError naming what is in the way
   */
  async narrow(
    loaded: LoadedRequest,
    input: DecisionInput,
    personId: string,
    caller: Caller,
  ): Promise<RequestRow> {
    const { row, plan: seen, decisions } = loaded;
    const { wishes, result, stages, problems } = await this.plan(
      loaded,
      input,
      caller,
    );
    const { plan, digest, policy } = result;
    if (problems.length > 0 || !plan || !digest || !policy) {
      throw problemsToError(problems);
    }
    if (policy.denials.length > 0) {
      throw new ConflictError(
        `The policy of today denies it: ${policy.denials.join(' ')}`,
      );
    }
    if (digest === seen.digest) {
      throw new InputError(
        'verdict: this would leave everything as it was asked for; approve it instead',
      );
    }
    const requester = await caller.directory.findPerson(row.requesterRef);
    const version = seen.version + 1;
    const approvals = [...approvalsOf(decisions), personId];
    const after = fillStages(stagesToFill(stages), approvals);
    const open = waitingFor(
      toStages(stages, after, planForAll(plan, wishes.changes)),
    );

    return this.#stores.transaction(async stores => {
      const now = await stores.now();
      // The row first: of two deciders the later one finds another row.
      const changed = await recordTransition(stores, {
        request: row,
        to: after.isComplete ? 'approved' : 'pending',
        actorRef: caller.userRef,
        event: {
          kind: 'narrowed',
          text: narrowedText(seen.plan, plan, input, open, caller),
        },
        auditData: {
          verdict: 'narrow',
          personId,
          narrows: { planVersion: seen.version, planDigest: seen.digest },
          stages: policy.stages.map(({ id, count }) => ({ id, count })),
        },
        patch: {
          ...wishes,
          title: requestTitle(plan, {
            entraUserId: row.requesterPersonId,
            displayName: requester?.displayName ?? row.requesterRef,
          }),
          planVersion: version,
          planDigest: digest,
          stateReason: after.isComplete ? null : row.stateReason,
          ...(after.isComplete && { approvedAt: now }),
        },
      });
      await stores.requests.insertPlan({
        requestId: row.id,
        version,
        digest,
        plan,
        policy,
        computedAt: now,
        countsFromVersion: seen.countsFromVersion,
        waitingSince: seen.waitingSince ?? seen.computedAt,
      });
      await stores.requests.insertAsked(
        row.id,
        version,
        await stores.requests.listAsked(row.id, seen.version),
      );
      const decision: DecisionRow = {
        id: randomUUID(),
        requestId: row.id,
        planVersion: version,
        planDigest: digest,
        personId,
        entityRef: caller.userRef,
        verdict: 'narrow',
        reason: input.reason ?? null,
        decidedAt: now,
      };
      await stores.requests.insertDecision(decision);
      await confirmDecision(stores, changed, decision);
      if (!after.isComplete) {
        await askApprovers(stores, changed, stages, approvals);
      }
      return changed;
    });
  }
}

/**
 * Who is in a group that exists gets all that the group has, and what the group
 * is given reaches everybody in it: there is no less than that.
 */
function findUnleavable(plan: Plan, to: Narrowing): Problem[] {
  const refs = new Map(
    plan.people.map(person => [person.entraUserId, person.entityRef]),
  );
  const atoms = [...plan.gains, ...(plan.adopts ?? [])];
  const accounts = plan.accounts.filter(
    ({ id }) =>
      to.accountIds?.includes(id) === false &&
      atoms.some(({ accountId }) => accountId === id),
  );
  const people = plan.people.filter(
    ({ entraUserId }) =>
      to.people?.includes(refs.get(entraUserId) ?? '') === false &&
      atoms.some(atom => atom.entraUserId === entraUserId),
  );
  const problem = (path: string, names: string[]): Problem[] =>
    names.length === 0
      ? []
      : [
          {
            path,
            message: `${listLabel(
              names,
            )} cannot be left out: an access group or permission set that exists gives all it has to everybody in it.`,
            fix: 'Keep them, or reject the request and ask for an access group of its own.',
          },
        ];
  return [
    ...problem('accountIds', accounts.map(accountLabel)),
    ...problem(
      'people',
      people.map(({ displayName }) => displayName),
    ),
  ];
}

function whyNotNarrower(seen: Plan, narrowed: Plan): Problem[] {
  const coverage = covers(seen, narrowed);
  return coverage.covered
    ? []
    : coverage.because.map(message => ({
        path: 'changes',
        message,
        fix: 'What was not shown when the request was planned cannot be approved by narrowing. Reject it, and ask for a new request.',
      }));
}

function narrowedText(
  seen: Plan,
  plan: Plan,
  input: DecisionInput,
  open: string[],
  caller: Caller,
): string {
  const why = input.reason ? `: ${input.reason}` : '.';
  const then =
    open.length === 0
      ? 'Nothing more is needed.'
      : `It still needs ${open.join(' and ')}.`;
  return `${caller.displayName} approved it ${describeNarrowing(
    seen,
    plan,
  )}${why} ${then}`;
}

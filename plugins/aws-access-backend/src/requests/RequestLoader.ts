import { Stores } from '../database/Stores';
import { PersonDirectory } from '../people/PersonDirectory';
import {
  ApproverResolver,
  ResolvedStage,
  Waiting,
  stagesToFill,
} from '../approvals/ApproverResolver';
import { Beneficiaries, beneficiariesOf } from '../approvals/beneficiariesOf';
import { approvalsOf, FilledStages, fillStages } from '../approvals/fillStages';
import { DecisionRow, PlanRow, RequestRow } from './RequestStore';

/** A request with its present plan and everything about its decisions. */
export interface LoadedRequest {
  row: RequestRow;
  plan: PlanRow;
  /** Those that count for the present plan version, in their order. */
  decisions: DecisionRow[];
  /** Who decides on nothing of it; of the wider plans that were narrowed, too. */
  beneficiaries: Beneficiaries;
  /** The stages that the plan asks for, and who may decide in them now. */
  stages: ResolvedStage[];
  /** Null where no stage asks more people as time passes. */
  waiting: Waiting | null;
  filled: FilledStages;
}

/** Loads what the rules about a request need to know. */
export class RequestLoader {
  readonly #stores: Pick<Stores, 'requests' | 'now'>;
  readonly #approvers: ApproverResolver;

  constructor(options: {
    stores: Pick<Stores, 'requests' | 'now'>;
    approvers: ApproverResolver;
  }) {
    this.#stores = options.stores;
    this.#approvers = options.approvers;
  }

  async load(
    row: RequestRow,
    directory: PersonDirectory,
  ): Promise<LoadedRequest> {
    const { requests } = this.#stores;
    const plan = await requests.getPlan(row.id, row.planVersion);
    const countsFrom = plan.countsFromVersion ?? plan.version;
    const [decisions, widest] = await Promise.all([
      requests.listDecisions(row.id, plan.version, countsFrom),
      countsFrom === plan.version ? plan : requests.getPlan(row.id, countsFrom),
    ]);
    // Who was left out by narrowing stays excluded: leaving somebody out must
    // not make an approver of them.
    const beneficiaries = beneficiariesOf(
      { userRef: row.requesterRef, entraUserId: row.requesterPersonId },
      {
        gains: [...widest.plan.gains, ...plan.plan.gains],
        people: [...widest.plan.people, ...plan.plan.people],
      },
    );
    const waiting = plan.policy.stages.some(stage => stage.alternates)
      ? {
          since: plan.waitingSince ?? plan.computedAt,
          now: await this.#stores.now(),
        }
      : null;
    const stages = await this.#approvers.resolve(plan.policy.stages, {
      organizationId: row.organizationId,
      requesterRef: row.requesterRef,
      teamRef: row.teamRef,
      beneficiaries,
      directory,
      waiting,
    });
    return {
      row,
      waiting,
      plan,
      decisions,
      beneficiaries,
      stages,
      filled: fill(row, stages, decisions),
    };
  }
}

/** How far the approvals fill the stages. */
function fill(
  row: Pick<RequestRow, 'state' | 'approvedAt'>,
  stages: ResolvedStage[],
  decisions: DecisionRow[],
): FilledStages {
  // What was complete stays so when an approver leaves later.
  if (row.state !== 'pending' && row.approvedAt) {
    return {
      have: new Map(stages.map(({ stage }) => [stage.id, stage.count])),
      isComplete: true,
    };
  }
  return fillStages(stagesToFill(stages), approvalsOf(decisions));
}

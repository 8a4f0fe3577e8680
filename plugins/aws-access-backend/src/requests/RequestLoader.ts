import { Stores } from '../database/Stores';
import { PersonDirectory } from '../people/PersonDirectory';
import {
  ApproverResolver,
  Excluded,
  ResolvedStage,
  stagesToFill,
} from '../policy/ApproverResolver';
import { ApprovalMatch, matchApprovers } from '../policy/matchApprovers';
import { DecisionRow, PlanRow, RequestRow } from './RequestStore';

/** A request with its present plan and everything about its decisions. */
export interface LoadedRequest {
  row: RequestRow;
  plan: PlanRow;
  /** Of the present plan version, in their order. */
  decisions: DecisionRow[];
  /** The stages that the plan asks for, and who may decide in them now. */
  stages: ResolvedStage[];
  match: ApprovalMatch;
}

/** Loads what the rules about a request need to know. */
export class RequestLoader {
  readonly #stores: Pick<Stores, 'requests'>;
  readonly #approvers: ApproverResolver;

  constructor(options: {
    stores: Pick<Stores, 'requests'>;
    approvers: ApproverResolver;
  }) {
    this.#stores = options.stores;
    this.#approvers = options.approvers;
  }

  async load(
    row: RequestRow,
    directory: PersonDirectory,
  ): Promise<LoadedRequest> {
    const [plan, decisions] = await Promise.all([
      this.#stores.requests.getPlan(row.id, row.planVersion),
      this.#stores.requests.listDecisions(row.id, row.planVersion),
    ]);
    const stages = await this.#approvers.resolve(plan.policy.stages, {
      organizationId: row.organizationId,
      teamRef: row.teamRef,
      excluded: excludedOf(row, plan),
      directory,
    });
    return {
      row,
      plan,
      decisions,
      stages,
      match: matchOf(row, stages, decisions),
    };
  }
}

/**
 * Everybody who benefits, under any identity: the requester, who filed it, and
 * everybody whose access grows (security rule 6).
 */
export function excludedOf(
  row: Pick<RequestRow, 'requesterRef' | 'requesterPersonId'>,
  { plan }: Pick<PlanRow, 'plan'>,
): Excluded {
  const entraUserIds = new Set(plan.gains.map(atom => atom.entraUserId));
  const entityRefs = new Set([row.requesterRef]);
  for (const person of plan.people) {
    if (person.entityRef && entraUserIds.has(person.entraUserId)) {
      entityRefs.add(person.entityRef);
    }
  }
  if (row.requesterPersonId) entraUserIds.add(row.requesterPersonId);
  return { entityRefs, entraUserIds };
}

/** How far the approvals fill the stages. */
export function matchOf(
  row: Pick<RequestRow, 'state' | 'approvedAt'>,
  stages: ResolvedStage[],
  decisions: DecisionRow[],
): ApprovalMatch {
  // What was complete stays so when an approver leaves later.
  if (row.state !== 'pending' && row.approvedAt) {
    return {
      have: new Map(stages.map(({ stage }) => [stage.id, stage.count])),
      isComplete: true,
    };
  }
  return matchApprovers(
    stagesToFill(stages),
    decisions
      .filter(decision => decision.verdict === 'approve')
      .map(decision => decision.personId),
  );
}

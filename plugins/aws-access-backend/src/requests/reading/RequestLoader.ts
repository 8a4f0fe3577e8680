import { Stores } from '../../database/Stores';
import { PersonDirectory } from '../../people/PersonDirectory';
import {
  ApproverResolver,
  ResolvedStage,
  Waiting,
  stagesToFill,
} from '../../approvals/ApproverResolver';
import {
  Beneficiaries,
  beneficiariesOf,
} from '../../approvals/beneficiariesOf';
import {
  approvalsOf,
  FilledStages,
  fillStages,
} from '../../approvals/fillStages';
import { filersOf } from '../filing/filersOf';
import { DecisionRow, PlanRow, RequestRow } from '../stores/RequestStore';

/** A request with its present plan and everything about its decisions. */
export interface LoadedRequest {
  row: RequestRow;
  plan: PlanRow;
  /** Who was asked to decide on the present plan version, by catalog ref. */
  asked: string[];
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
    const [loaded] = await this.loadAll([row], directory);
    return loaded;
  }

  /** Loads a page of requests with as many queries as one of them takes. */
  async loadAll(
    rows: RequestRow[],
    directory: PersonDirectory,
  ): Promise<LoadedRequest[]> {
    if (rows.length === 0) return [];
    const { requests } = this.#stores;
    const present = rows.map(row => ({
      requestId: row.id,
      version: row.planVersion,
    }));
    const [plans, decisions, asked] = await Promise.all([
      requests.getPlans(present),
      requests.listDecisionsOf(rows.map(row => row.id)),
      requests.listAskedOf(present),
    ]);
    const wider = [...plans.values()].filter(
      plan => firstVersionOf(plan) < plan.version,
    );
    const [widest, now] = await Promise.all([
      requests.getPlans(
        wider.map(plan => ({
          requestId: plan.requestId,
          version: firstVersionOf(plan),
        })),
      ),
      [...plans.values()].some(hasAlternates) ? this.#stores.now() : null,
    ]);
    return Promise.all(
      rows.map(row => {
        const plan = plans.get(row.id)!;
        return this.#complete(row, directory, {
          plan,
          widest: widest.get(row.id) ?? plan,
          asked: asked.get(row.id) ?? [],
          decisions: (decisions.get(row.id) ?? []).filter(
            ({ planVersion }) =>
              planVersion >= firstVersionOf(plan) &&
              planVersion <= plan.version,
          ),
          now,
        });
      }),
    );
  }

  async #complete(
    row: RequestRow,
    directory: PersonDirectory,
    {
      plan,
      widest,
      asked,
      decisions,
      now,
    }: Pick<LoadedRequest, 'plan' | 'asked' | 'decisions'> & {
      widest: PlanRow;
      now: string | null;
    },
  ): Promise<LoadedRequest> {
    // Who was left out by narrowing stays excluded: leaving somebody out must
    // not make an approver of them.
    const beneficiaries = beneficiariesOf(filersOf(row), {
      gains: [...widest.plan.gains, ...plan.plan.gains],
      people: [...widest.plan.people, ...plan.plan.people],
      objects: [...widest.plan.objects, ...plan.plan.objects],
    });
    const waiting =
      now !== null && hasAlternates(plan)
        ? {
            since: plan.waitingSince ?? plan.computedAt,
            openedAt: plan.openedAt ?? {},
            now,
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
      asked,
      decisions,
      beneficiaries,
      stages,
      filled: fill(row, stages, decisions),
    };
  }
}

/** The oldest version of the plan whose decisions count for it. */
function firstVersionOf(plan: PlanRow): number {
  return plan.countsFromVersion ?? plan.version;
}

function hasAlternates(plan: PlanRow): boolean {
  return plan.policy.stages.some(stage => stage.alternates);
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

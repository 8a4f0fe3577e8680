import {
  ParsedRequestInput,
  Plan,
  PolicyExplanation,
  PreviewResponse,
  Problem,
} from 'backstage-plugin-aws-access-common';
import { AwsAccessConfig } from '../../config/AwsAccessConfig';
import { PlanResult, RequestPlanner } from '../../planning/RequestPlanner';
import {
  ApproverResolver,
  ResolvedStage,
} from '../../approvals/ApproverResolver';
import { beneficiariesOf } from '../../approvals/beneficiariesOf';
import { findApproverProblems } from '../../approvals/findApproverProblems';
import { fillStages } from '../../approvals/fillStages';
import { Asker } from '../askerOf';
import { findTextProblems } from './findTextProblems';
import { hidesAccountOf, toStages } from '../deciding/toStages';

/** A planned input, before it is shown or filed. */
export interface PlannedInput {
  /** Undefined when it is not clear which is meant. */
  organizationId: string | undefined;
  result: PlanResult;
  stages: ResolvedStage[];
  problems: Problem[];
}

/** Plans what somebody asks for, and finds out who would have to agree. */
export class RequestPreviewer {
  readonly #organizations: AwsAccessConfig['organizations'];
  readonly #planner: RequestPlanner;
  readonly #approvers: ApproverResolver;

  constructor(options: {
    organizations: AwsAccessConfig['organizations'];
    planner: RequestPlanner;
    approvers: ApproverResolver;
  }) {
    this.#organizations = options.organizations;
    this.#planner = options.planner;
    this.#approvers = options.approvers;
  }

  async plan(
    input: ParsedRequestInput,
    asker: Omit<Asker, 'displayName'>,
    secondsBefore?: number,
  ): Promise<PlannedInput> {
    const ids = Object.keys(this.#organizations);
    const organizationId =
      input.organizationId ?? (ids.length === 1 ? ids[0] : undefined);
    if (organizationId === undefined) {
      return {
        organizationId,
        result: {
          plan: null,
          digest: null,
          policy: null,
          problems: [],
          asOf: null,
        },
        stages: [],
        problems: [
          {
            path: 'organizationId',
            message: 'Several organizations are configured, and none is named.',
            fix: `Name one of: ${ids.join(', ')}.`,
          },
        ],
      };
    }
    const result = await this.#planner.planFromInventory({
      organizationId,
      teamRef: input.team,
      requesterRef: asker.userRef,
      actor: asker.actor,
      duration: input.duration,
      secondsBefore,
      changes: input.changes,
      followUp: input.followUp,
    });
    const { plan, policy } = result;
    const stages =
      plan && policy
        ? await this.#approvers.resolve(policy.stages, {
            organizationId,
            requesterRef: asker.userRef,
            teamRef: input.team,
            beneficiaries: beneficiariesOf(
              asker.filer ? [asker, asker.filer] : [asker],
              plan,
            ),
            directory: asker.directory,
            waiting: null,
          })
        : [];
    return {
      organizationId,
      result,
      stages,
      // What is denied waits for nobody.
      problems:
        policy && policy.denials.length === 0
          ? [
              ...result.problems,
              ...findTextProblems(input, policy.demands ?? []),
              ...findApproverProblems(stages),
            ]
          : result.problems,
    };
  }
}

/** What is in the way of filing it, for who sees its plan as it is shown here. */
export function toldProblems(planned: PlannedInput, shown: Plan): Problem[] {
  const { problems, stages } = planned;
  const whole = findApproverProblems(stages);
  const told = findApproverProblems(stages, stage =>
    hidesAccountOf(stage, shown),
  );
  return problems.map(problem => {
    const index = whole.findIndex(({ message }) => message === problem.message);
    return index < 0 ? problem : told[index];
  });
}

/**
 * A planned input as the API shows it.
 *
 * @param shown - its plan without what the caller may not read about (security
 *   rule 29)
 */
export function toPreview(
  planned: PlannedInput,
  overlaps: PreviewResponse['overlaps'] = [],
  shown: Plan | null = planned.result.plan,
): PreviewResponse {
  const { result, stages, problems } = planned;
  const { policy, explanation } = result;
  const isWhole = !shown?.hidden;
  return {
    outcome: outcomeOf(planned),
    plan: shown,
    digest: result.digest,
    stages: shown ? toStages(stages, fillStages([], []), shown) : [],
    problems: shown ? toldProblems(planned, shown) : problems,
    denials: policy?.denials ?? [],
    asOf: result.asOf,
    overlaps,
    ...(explanation && {
      explanation: isWhole ? explanation : toldExplanation(explanation, shown),
    }),
    // It is measured by what others have had, too.
    ...(isWhole && result.longest && { longestDuration: result.longest }),
  };
}

function toldExplanation(
  explanation: PolicyExplanation,
  { accounts }: Plan,
): PolicyExplanation {
  const shown = new Set(accounts.map(({ id }) => id));
  return explanation.flatMap(part => {
    const accountIds = part.accountIds.filter(id => shown.has(id));
    const isHidden = part.accountIds.length > 0 && !accountIds.length;
    return isHidden ? [] : [{ ...part, accountIds }];
  });
}

function outcomeOf({
  result,
  problems,
}: PlannedInput): PreviewResponse['outcome'] {
  if (problems.length > 0 || !result.policy) return 'cannotFile';
  if (result.policy.denials.length > 0) return 'denied';
  return result.policy.autoApproved ? 'autoApproved' : 'needsApproval';
}

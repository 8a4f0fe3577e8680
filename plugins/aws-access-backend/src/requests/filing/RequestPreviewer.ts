import {
  ParsedRequestInput,
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
import { toStages } from '../deciding/toStages';

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

/** A planned input as the API shows it. */
export function toPreview(
  planned: PlannedInput,
  overlaps: PreviewResponse['overlaps'] = [],
): PreviewResponse {
  const { result, stages, problems } = planned;
  const { plan, policy } = result;
  return {
    outcome: outcomeOf(planned),
    plan,
    digest: result.digest,
    stages: plan ? toStages(stages, fillStages([], []), plan) : [],
    problems,
    denials: policy?.denials ?? [],
    asOf: result.asOf,
    overlaps,
    ...(result.explanation && { explanation: result.explanation }),
    ...(result.longest && { longestDuration: result.longest }),
  };
}

function outcomeOf({
  result,
  problems,
}: PlannedInput): PreviewResponse['outcome'] {
  if (problems.length > 0 || !result.policy) return 'cannotFile';
  if (result.policy.denials.length > 0) return 'denied';
  return result.policy.autoApproved ? 'autoApproved' : 'needsApproval';
}

import { ResolvedStage, stagesToFill } from '../../approvals/ApproverResolver';
import { approvalsOf, fillStages } from '../../approvals/fillStages';
import { planDigest } from '../../planning/planDigest';
import { PolicyOutcome, RequiredStage } from '../../policy/PolicyOutcome';
import { mergeStages } from '../../requests/deciding/mergeStages';
import {
  DecisionRow,
  PlanRow,
  RequestRow,
} from '../../requests/stores/RequestStore';

/** Who decided on a request, and who may decide in its stages now. */
export interface Approvals {
  /** Those that count for the present plan version, in their order. */
  decisions: DecisionRow[];
  stages: ResolvedStage[];
}

/** Reads the decisions on a request, and resolves who may fill stages now. */
export interface ApprovalReader {
  /** @throws when who may decide cannot be found out now */
  read(request: RequestRow, stages: RequiredStage[]): Promise<Approvals>;
}

/**
 * Why the records do not show that people, or the policy, agreed to the plan that
 * the request has; empty = they do. The request's state is only a note of that:
 * a write to the database that says "approved" gains nothing (security rule 24).
 *
 * @param approved - the approved plan as it is stored
 * @param policy - what today's policy says of the plan of today
 * @throws when who may decide cannot be found out now
 */
export async function whyNotApproved(
  approvals: ApprovalReader,
  request: RequestRow,
  approved: PlanRow,
  policy: PolicyOutcome,
): Promise<string[]> {
  if (
    approved.digest !== request.planDigest ||
    planDigest(approved.plan) !== approved.digest
  ) {
    return ['The stored plan is not the one that was approved.'];
  }
  // Today's stages first: of one that both have, today's approvers count.
  const asked = mergeStages(policy.stages, approved.policy.stages);
  if (asked.length === 0) {
    return policy.autoApproved
      ? []
      : ['Neither people nor the policy have approved the plan.'];
  }
  const { decisions, stages } = await approvals.read(request, asked);
  const { isComplete } = fillStages(
    stagesToFill(stages),
    approvalsOf(
      decisions.filter(
        ({ planVersion, planDigest: seen }) =>
          planVersion !== approved.version || seen === approved.digest,
      ),
    ),
  );
  return isComplete && !decisions.some(({ verdict }) => verdict === 'reject')
    ? []
    : [
        'The decisions on record do not approve the plan: one is missing, or who made it may not decide any more.',
      ];
}

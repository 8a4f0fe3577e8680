import {
  Change,
  FollowUp,
  Plan,
  PlannedFollowUp,
  PolicyExplanation,
  Problem,
} from 'backstage-plugin-aws-access-common';
import { PolicyOutcome } from '../policy/PolicyOutcome';

/** What a plan is made for. */
export interface PlanInput {
  organizationId: string;
  teamRef: string;
  requesterRef: string;
  duration: string | null;
  changes: Change[];
  /** The template that shall be started when the access is usable. */
  followUp?: FollowUp;
  /** The same with the template as it is now, so that it is part of the plan. */
  plannedFollowUp?: PlannedFollowUp;
  /** What files it for the requester; null or left out = themselves. */
  actor?: string | null;
  /** The request that is planned again; its own reservations are not in its way. */
  requestId?: string;
  /**
   * Seconds that the people have had the access already, where the request goes
   * on with it: together they count for the policy's maximum.
   */
  secondsBefore?: number;
}

/**
 * A plan with what the policy says of it, or the problems that keep it from
 * being made.
 */
export interface PlanResult {
  /** Null when problems keep a plan from being made. */
  plan: Plan | null;
  digest: string | null;
  policy: PolicyOutcome | null;
  /** Why the policy says so; left out where there is no plan. */
  explanation?: PolicyExplanation;
  problems: Problem[];
  /** The longest that may be asked for; left out where nothing limits it. */
  longest?: { seconds: number; because: string[] };
  /** Age of the facts, ISO-8601. */
  asOf: string | null;
}

/** Works out what a request would change, and whose agreement that needs. */
export interface RequestPlanner {
  /**
   * Plans from the stored inventory: for previews and filing.
   */
  planFromInventory(input: PlanInput): Promise<PlanResult>;
  /**
   * Plans from the clouds as they are now: before provisioning starts.
   *
   * @throws CloudError when a cloud cannot be read; nothing is decided then
   */
  planFromClouds(input: PlanInput): Promise<PlanResult>;
}

import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { Plan } from 'backstage-plugin-aws-access-common';

/**
 * What a stage of one's own asks for.
 *
 * @public
 */
export interface AwsAccessPolicyStage {
  /** At most 80 characters, for people. */
  name: string;
  /** As in the configuration: refs of users and groups, `accountOwner`, ... */
  approvers: string[];
  /** How many must approve, 1 to 5. Default: 1. */
  count?: number;
  /** The stage opens when all of smaller numbers are full, 1 to 9. Default: 1. */
  order?: number;
}

/**
 * What an own policy adds to the configured rules. There is nothing in it with
 * which it could take something away.
 *
 * @public
 */
export interface AwsAccessPolicyAdditions {
  stages?: AwsAccessPolicyStage[];
  /** Messages to the requester; any denies the request. */
  denials?: string[];
  /** ISO-8601; the shortest of all maximums counts. */
  maxDuration?: string;
}

/**
 * A policy in code, for what rules cannot say.
 *
 * @public
 */
export interface AwsAccessPolicy {
  /** Shown as the reason of what it asks for. */
  name: string;
  /**
   * Asked at each preview, when a request is filed, and once more before it is
   * carried out. When it throws, nothing is decided and nothing is done.
   */
  evaluate(context: {
    organizationId: string;
    requesterRef: string;
    teamRef: string;
    /** What files it for the requester, e.g. `plugin:scaffolder`. */
    actor: string | null;
    plan: Plan;
  }): Promise<AwsAccessPolicyAdditions>;
}

/**
 * Finds approvers where the catalog does not know them, for example who is on
 * call. Rules name it as `resolver:<name>`.
 *
 * @public
 */
export interface AwsAccessApproverResolver {
  /** Letters, digits and dashes, beginning with a small letter. */
  name: string;
  /**
   * @returns refs of catalog users. Who benefits from the request is left out,
   *   and who is not mapped to one person in Entra. When it throws, it names
   *   nobody.
   */
  resolve(context: {
    organizationId: string;
    requesterRef: string;
    teamRef: string;
    /** Accounts that the stage is about. */
    accountIds: string[];
  }): Promise<string[]>;
}

/**
 * Where modules of the `aws-access` plugin add policies and approver resolvers.
 *
 * @public
 */
export interface AwsAccessPolicyExtensionPoint {
  addPolicy(policy: AwsAccessPolicy): void;
  /** @throws Error when another resolver has the name */
  addApproverResolver(resolver: AwsAccessApproverResolver): void;
}

/**
 * Adds policies and approver resolvers of one's own.
 *
 * @public
 */
export const awsAccessPolicyExtensionPoint =
  createExtensionPoint<AwsAccessPolicyExtensionPoint>({
    id: 'aws-access.policy',
  });

import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_AWS_ACCESS_REQUEST } from 'backstage-plugin-aws-access-common';
import { z } from 'zod';

/**
 * What rules know of a request: refs and ids, as the backend has them now.
 *
 * @public
 */
export interface AwsAccessRequestResource {
  requesterRef: string;
  teamRef: string;
  state: string;
  /** Users whose access grows by its present plan. */
  gainingRefs: string[];
  /** Users who were asked to decide on its present plan, or have decided. */
  approverRefs: string[];
  /** Accounts that its present plan touches. */
  accountIds: string[];
  /** Users who own one of these accounts, themselves or as lead of its owner. */
  accountOwnerRefs: string[];
}

/**
 * One term of a condition, as the backend finds requests by it: the field has
 * one of the values.
 *
 * @public
 */
export interface AwsAccessRequestTerm {
  field:
    | 'requester'
    | 'team'
    | 'state'
    | 'gaining'
    | 'approver'
    | 'account'
    | 'accountOwner';
  values: string[];
}

/**
 * Requests, as Backstage permissions know them.
 *
 * @public
 */
export const awsAccessRequestResourceRef = createPermissionResourceRef<
  AwsAccessRequestResource,
  AwsAccessRequestTerm
>().with({
  pluginId: 'aws-access',
  resourceType: RESOURCE_TYPE_AWS_ACCESS_REQUEST,
});

const isRequester = createPermissionRule({
  name: 'IS_REQUESTER',
  description: 'The user filed the request',
  resourceRef: awsAccessRequestResourceRef,
  paramsSchema: z.object({
    userRef: z.string().describe('Ref of the user'),
  }),
  apply: (request, { userRef }) => request.requesterRef === userRef,
  toQuery: ({ userRef }) => ({ field: 'requester', values: [userRef] }),
});

const isGaining = createPermissionRule({
  name: 'IS_GAINING',
  description: "The user's access grows by the request",
  resourceRef: awsAccessRequestResourceRef,
  paramsSchema: z.object({
    userRef: z.string().describe('Ref of the user'),
  }),
  apply: (request, { userRef }) => request.gainingRefs.includes(userRef),
  toQuery: ({ userRef }) => ({ field: 'gaining', values: [userRef] }),
});

const isApprover = createPermissionRule({
  name: 'IS_APPROVER',
  description: 'The user was asked to decide on the request, or has decided',
  resourceRef: awsAccessRequestResourceRef,
  paramsSchema: z.object({
    userRef: z.string().describe('Ref of the user'),
  }),
  apply: (request, { userRef }) => request.approverRefs.includes(userRef),
  toQuery: ({ userRef }) => ({ field: 'approver', values: [userRef] }),
});

const isTeamMember = createPermissionRule({
  name: 'IS_TEAM_MEMBER',
  description: 'The request is for one of the teams',
  resourceRef: awsAccessRequestResourceRef,
  paramsSchema: z.object({
    teamRefs: z
      .array(z.string())
      .describe("Refs of the user's teams, e.g. their ownership refs"),
  }),
  apply: (request, { teamRefs }) => teamRefs.includes(request.teamRef),
  toQuery: ({ teamRefs }) => ({ field: 'team', values: teamRefs }),
});

const accountOwnedBy = createPermissionRule({
  name: 'ACCOUNT_OWNED_BY',
  description: 'The user owns an account that the request touches',
  resourceRef: awsAccessRequestResourceRef,
  paramsSchema: z.object({
    userRef: z.string().describe('Ref of the user'),
  }),
  apply: (request, { userRef }) => request.accountOwnerRefs.includes(userRef),
  toQuery: ({ userRef }) => ({ field: 'accountOwner', values: [userRef] }),
});

const touchesAccount = createPermissionRule({
  name: 'TOUCHES_ACCOUNT',
  description: 'The request touches one of the accounts',
  resourceRef: awsAccessRequestResourceRef,
  paramsSchema: z.object({
    accountIds: z.array(z.string()).describe('Ids of AWS accounts'),
  }),
  apply: (request, { accountIds }) =>
    accountIds.some(id => request.accountIds.includes(id)),
  toQuery: ({ accountIds }) => ({ field: 'account', values: accountIds }),
});

const hasState = createPermissionRule({
  name: 'HAS_STATE',
  description: 'The request is in one of the states',
  resourceRef: awsAccessRequestResourceRef,
  paramsSchema: z.object({
    states: z.array(z.string()).describe('States, e.g. pending'),
  }),
  apply: (request, { states }) => states.includes(request.state),
  toQuery: ({ states }) => ({ field: 'state', values: states }),
});

/**
 * The rules that permission policies may use for requests.
 *
 * @public
 */
export const awsAccessRequestRules = {
  isRequester,
  isGaining,
  isApprover,
  isTeamMember,
  accountOwnedBy,
  touchesAccount,
  hasState,
};

const exported = createConditionExports({
  resourceRef: awsAccessRequestResourceRef,
  rules: awsAccessRequestRules,
});

/**
 * Conditions for permission policies. They only narrow what the plugin's own
 * rules allow.
 *
 * @public
 */
export const awsAccessRequestConditions = exported.conditions;

/**
 * Makes the conditional decision of a permission policy about requests.
 *
 * @public
 */
export const createAwsAccessRequestConditionalDecision =
  exported.createConditionalDecision;

import { z } from 'zod';
import { REQUEST_STATES } from '../requestStates';
import { changeSchema, changesSchema } from './changes';
import {
  accountRefSchema,
  findingSchema,
  permissionSetRefSchema,
  personSchema,
  planSchema,
  planStepKindSchema,
} from './plan';
import { policyExplanationSchema } from './policy';
import {
  accountIdSchema,
  durationSchema,
  entityRefSchema,
  organizationIdSchema,
  plainText,
} from './primitives';

/**
 * What a person asks for. Everything else about a request is made by the
 * backend.
 *
 * @public
 */
export const requestInputSchema = z.object({
  /** May be left out where one organization is configured. */
  organizationId: organizationIdSchema.optional(),
  team: entityRefSchema('group'),
  justification: plainText(2000),
  ticket: plainText(100).optional(),
  /** Null = standing access. */
  duration: durationSchema.nullable(),
  changes: changesSchema,
});

const idempotencyKeySchema = z
  .string()
  .regex(/^[\w.:-]{8,200}$/, 'must have 8 to 200 letters, digits or . : _ -');

/**
 * Filing: the input, and a key that makes a repeated call harmless. Unique per
 * requester; the same key with another body is a ConflictError.
 *
 * @public
 */
export const fileRequestSchema = requestInputSchema.extend({
  idempotencyKey: idempotencyKeySchema,
});

/**
 * Another request, which the viewer may read, that gives or would give some of
 * the same access. It is shown, not refused.
 *
 * @public
 */
export const overlapSchema = z.object({
  id: z.string(),
  number: z.number().int(),
  state: z.enum(REQUEST_STATES),
  /** `same`: it asks for all of it. `some`: for a part. */
  extent: z.enum(['same', 'some']),
  /** One plain sentence. */
  text: z.string(),
  endsAt: z.string().nullable(),
});

/**
 * What is wrong with an input, where, and how to mend it. `path` is the path of
 * the field in the input, with dots: `changes.0.accounts`.
 *
 * @public
 */
export const problemSchema = z.object({
  path: z.string(),
  message: z.string(),
  fix: z.string(),
});

/** @public */
export const stageSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** How many approvals the stage needs. */
  need: z.number().int(),
  /** How many it has. */
  have: z.number().int(),
  /** It opens when all stages of smaller numbers have their approvals. */
  order: z.number().int(),
  /** Approvals are asked for now. */
  isOpen: z.boolean(),
  /** Why the stage is there: the rules that asked for it. */
  because: z.array(z.string()),
  /** Who may still decide; excluded people are not in it. */
  approvers: z.array(
    z.object({ entityRef: z.string(), displayName: z.string() }),
  ),
  /** Who may decide as well when it has waited too long; left out = nobody. */
  alternates: z
    .object({
      approvers: z.array(
        z.object({ entityRef: z.string(), displayName: z.string() }),
      ),
      /** How long it must wait, ISO-8601. */
      after: z.string(),
      /** When they may decide; null while nothing is filed. */
      from: z.string().nullable(),
      /** They may decide now, and are among the approvers. */
      hasJoined: z.boolean(),
    })
    .optional(),
});

/** @public */
export const previewResponseSchema = z.object({
  outcome: z.enum(['needsApproval', 'autoApproved', 'denied', 'cannotFile']),
  /** Null when problems keep a plan from being made. */
  plan: planSchema.nullable(),
  digest: z.string().nullable(),
  stages: z.array(stageSchema),
  problems: z.array(problemSchema),
  denials: z.array(z.string()),
  /** Age of the inventory behind the plan. */
  asOf: z.string().nullable(),
  /** Open requests and live access that overlap with it. */
  overlaps: z.array(overlapSchema),
  /** Why the policy says so: which rules are about what. */
  explanation: policyExplanationSchema.optional(),
});

/**
 * What the viewer may do with a request, computed by the server. A reason is
 * given wherever something that the page would offer is not allowed.
 *
 * @public
 */
export const requestFlagsSchema = z.object({
  canApprove: z.boolean(),
  canReject: z.boolean(),
  /** Approve less than was asked for. */
  canNarrow: z.boolean(),
  /** File the same wishes once more. */
  canResubmit: z.boolean(),
  /** Ask for more time, where the access has an end. */
  canExtend: z.boolean(),
  canWithdraw: z.boolean(),
  canReturn: z.boolean(),
  canRetry: z.boolean(),
  canComment: z.boolean(),
  /** Why the viewer cannot decide, in plain words; null when they can. */
  decideReason: z.string().nullable(),
});

/** @public */
export const timelineEventSchema = z.object({
  sequence: z.number().int(),
  at: z.string(),
  kind: z.enum([
    'filed',
    'planned',
    'approved',
    'narrowed',
    'alternatesAsked',
    'rejected',
    'denied',
    'withdrawn',
    'lapsed',
    'commented',
    'returnedToPending',
    'stateChanged',
    'stepDone',
    'stuck',
    'retried',
    'returned',
    'expired',
  ]),
  /** Null: the product itself. */
  actor: z
    .object({ entityRef: z.string(), displayName: z.string() })
    .nullable(),
  /** One plain sentence. */
  text: z.string(),
});

/** @public */
export const decisionSchema = z.object({
  /** `narrow` approves the narrower plan that the decision made. */
  verdict: z.enum(['approve', 'narrow', 'reject']),
  entityRef: z.string(),
  displayName: z.string(),
  at: z.string(),
  reason: z.string().nullable(),
  planVersion: z.number().int(),
});

/** @public */
export const stepSchema = z.object({
  id: z.string(),
  kind: planStepKindSchema,
  /** One plain sentence. */
  title: z.string(),
  state: z.enum(['pending', 'running', 'waiting', 'done', 'failed', 'skipped']),
  /** What it waits for, or why it failed, in plain words. */
  detail: z.string().nullable(),
  /** The cloud's own words; null for everybody but operators and admins. */
  cloudMessage: z.string().nullable(),
  attempts: z.number().int(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
});

/** @public */
export const requestSummarySchema = z.object({
  id: z.string(),
  number: z.number().int(),
  organizationId: z.string(),
  state: z.enum(REQUEST_STATES),
  /** Why it is in this state, where that needs saying (stuck, denied, ...). */
  stateReason: z.string().nullable(),
  /** Number of the row's last change; sent back with decisions. */
  version: z.number().int(),
  /** One plain sentence: who asks for what, where, for how long. */
  title: z.string(),
  requester: z.object({ entityRef: z.string(), displayName: z.string() }),
  team: z.string(),
  accounts: z.array(accountRefSchema),
  permissionSets: z.array(permissionSetRefSchema),
  people: z.array(personSchema),
  duration: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
  startsAt: z.string().nullable(),
  endsAt: z.string().nullable(),
  /** Names of the stages that still need approvals. */
  waitingFor: z.array(z.string()),
  flags: requestFlagsSchema,
});

/** @public */
export const requestDetailSchema = requestSummarySchema.extend({
  justification: z.string(),
  ticket: z.string().nullable(),
  changes: z.array(changeSchema),
  plan: planSchema,
  planVersion: z.number().int(),
  planDigest: z.string(),
  findings: z.array(findingSchema),
  stages: z.array(stageSchema),
  /** Open requests and live access that overlap with it, while it is open. */
  overlaps: z.array(overlapSchema),
  /** The request whose wishes it copies. */
  copyOf: z.object({ id: z.string(), number: z.number().int() }).nullable(),
  /** The request whose access it goes on with. */
  extensionOf: z
    .object({ id: z.string(), number: z.number().int() })
    .nullable(),
  decisions: z.array(decisionSchema),
  steps: z.array(stepSchema),
  timeline: z.array(timelineEventSchema),
  /** After the end: an open AWS session may live until then. */
  openSessionsUntil: z.string().nullable(),
  consoleUrls: z.array(z.object({ accountId: z.string(), url: z.string() })),
});

/** @public */
export const requestsResponseSchema = z.object({
  items: z.array(requestSummarySchema),
  nextCursor: z.string().nullable(),
});

/**
 * Filters of `GET /requests`; `view=inbox` lists what waits for the caller.
 *
 * @public
 */
export const requestsQuerySchema = z.object({
  view: z.enum(['all', 'mine', 'inbox']).default('all'),
  team: entityRefSchema('group').optional(),
  state: z.enum(REQUEST_STATES).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});

/**
 * What an approver leaves of a request: what is left out of a field stays as it
 * was asked for.
 *
 * @public
 */
export const narrowingSchema = z.object({
  /** The accounts that stay. */
  accountIds: z
    .array(accountIdSchema)
    .min(1, 'must leave at least one account')
    .max(200, 'must name at most 200 accounts')
    .optional(),
  /** The people who stay. */
  people: z
    .array(entityRefSchema('user'))
    .min(1, 'must leave at least one person')
    .max(100, 'must name at most 100 people')
    .optional(),
  /** A shorter time. */
  duration: durationSchema.optional(),
});

/**
 * A decision names the plan that was seen (security rules 8 and 31). `narrow`
 * approves less than was asked for, and says what stays.
 *
 * @public
 */
export const decisionInputSchema = narrowingSchema
  .extend({
    verdict: z.enum(['approve', 'narrow', 'reject']),
    planVersion: z.number().int().positive(),
    planDigest: z.string().regex(/^[0-9a-f]{64}$/),
    reason: plainText(2000).optional(),
  })
  .refine(input => input.verdict !== 'reject' || input.reason, {
    path: ['reason'],
    message: 'must say why the request is rejected',
  })
  .refine(input => (input.verdict === 'narrow') === narrows(input), {
    path: ['verdict'],
    message:
      'must be narrow exactly where accountIds, people or duration say what stays',
  });

function narrows(input: Narrowing): boolean {
  return Boolean(input.accountIds || input.people || input.duration);
}

/**
 * Filing the wishes of a request once more.
 *
 * @public
 */
export const resubmitInputSchema = z.object({
  idempotencyKey: idempotencyKeySchema,
});

/**
 * Asking for more time: a new request for the same access, which starts when it
 * is approved and lasts for `duration` from then.
 *
 * @public
 */
export const extendInputSchema = z.object({
  idempotencyKey: idempotencyKeySchema,
  duration: durationSchema,
  /** Why it takes longer. */
  justification: plainText(2000),
});

/** @public */
export const commentInputSchema = z.object({ text: plainText(4000) });

/** @public */
export const reasonInputSchema = z.object({
  reason: plainText(2000).optional(),
});

/** What a caller sends, before parsing. @public */
export type RequestInput = z.input<typeof requestInputSchema>;
/** @public */
export type ParsedRequestInput = z.output<typeof requestInputSchema>;
/** @public */
export type FileRequestInput = z.input<typeof fileRequestSchema>;
/** @public */
export type ParsedFileRequestInput = z.output<typeof fileRequestSchema>;
/** @public */
export type Problem = z.infer<typeof problemSchema>;
/** @public */
export type Stage = z.infer<typeof stageSchema>;
/** @public */
export type PreviewResponse = z.infer<typeof previewResponseSchema>;
/** @public */
export type RequestFlags = z.infer<typeof requestFlagsSchema>;
/** @public */
export type TimelineEvent = z.infer<typeof timelineEventSchema>;
/** @public */
export type TimelineEventKind = TimelineEvent['kind'];
/** @public */
export type Decision = z.infer<typeof decisionSchema>;
/** @public */
export type Step = z.infer<typeof stepSchema>;
/** @public */
export type RequestSummary = z.infer<typeof requestSummarySchema>;
/** @public */
export type RequestDetail = z.infer<typeof requestDetailSchema>;
/** @public */
export type RequestsResponse = z.infer<typeof requestsResponseSchema>;
/** @public */
export type RequestsQuery = z.input<typeof requestsQuerySchema>;
/** @public */
export type Overlap = z.infer<typeof overlapSchema>;
/** @public */
export type ExtendInput = z.infer<typeof extendInputSchema>;
/** @public */
export type Narrowing = z.infer<typeof narrowingSchema>;
/** @public */
export type DecisionInput = z.input<typeof decisionInputSchema>;

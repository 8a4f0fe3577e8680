import { z } from 'zod';
import { REQUEST_STATES } from '../requestStates';
import { changeSchema } from './changes';
import { overlapSchema, stageSchema } from './filing';
import { followUpOutcomeSchema } from './followUp';
import {
  accountRefSchema,
  findingSchema,
  permissionSetRefSchema,
  personSchema,
  planSchema,
  planStepKindSchema,
} from './plan';
import { entityRefSchema } from './primitives';

/**
 * What the viewer may do with a request, computed by the server. A reason is
 * given wherever something that the page would offer is not allowed.
 *
 * @public
 */
export const requestFlagsSchema = z.object({
  canApprove: z.boolean(),
  canReject: z.boolean(),
  /** Approve less than was asked for, where less of it could be left. */
  canNarrow: z.boolean(),
  /** File the same wishes once more. */
  canResubmit: z.boolean(),
  /** Ask for more time, where the access has an end. */
  canExtend: z.boolean(),
  canWithdraw: z.boolean(),
  /** End the access, at once. */
  canReturn: z.boolean(),
  /**
   * Accounts in which ending takes the access away, while the rest stays: the
   * viewer owns only these. Null = all of it ends.
   */
  endsOnly: z.array(accountRefSchema).nullable(),
  /**
   * Why they end none of it, or only a part, where they answer for it in some way,
   * in plain words; null = all of it, or nothing is theirs to end.
   */
  returnReason: z.string().nullable(),
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
  /**
   * Why it is in this state, where that needs saying (stuck, denied, ...). A single
   * request also says here what keeps it from going on.
   */
  stateReason: z.string().nullable(),
  /**
   * True for an ended request that was carried out and left nothing to hold, such
   * as a removal: it is done, and no access of it has ended.
   */
  isDone: z.boolean().optional(),
  /** Number of the row's last change; sent back with decisions. */
  version: z.number().int(),
  /** One plain sentence: who asks for what, where, for how long. */
  title: z.string(),
  /** What goes on of a usable request of which a part has ended; left out = all. */
  goesOn: z
    .object({
      /** As of the whole: who asked for what, where, for how long. */
      title: z.string(),
    })
    .optional(),
  requester: z.object({ entityRef: z.string(), displayName: z.string() }),
  /** Who filed it for the requester; left out = the requester. */
  filer: z
    .object({ entityRef: z.string(), displayName: z.string() })
    .optional(),
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
  /**
   * Accounts in which the access has ended while the rest goes on: by their owner,
   * or by an approved removal. The title, the plan and the changes are as they were
   * approved, with these.
   */
  endedParts: z
    .array(
      z.object({
        /** As far as the reader may know of them. */
        accounts: z.array(accountRefSchema),
        at: z.string(),
        /** Null: nobody ended just this part. */
        by: z
          .object({ entityRef: z.string(), displayName: z.string() })
          .nullable(),
        /** The request as which the part ends; null = there is none of its own. */
        request: z
          .object({ id: z.string(), number: z.number().int() })
          .nullable(),
      }),
    )
    .optional(),
  /** As in a list, with what an extension of it asks for. */
  goesOn: z
    .object({ title: z.string(), changes: z.array(changeSchema) })
    .optional(),
  /** The request that it ends a part of: nobody approved that; left out = none. */
  partOf: z.object({ id: z.string(), number: z.number().int() }).optional(),
  decisions: z.array(decisionSchema),
  steps: z.array(stepSchema),
  /** Groups and permission sets that it is about, once the clouds know them. */
  cloudObjects: z
    .array(
      z.object({
        kind: z.enum(['accessGroup', 'permissionSet']),
        /** Entra object id, or ARN. */
        id: z.string(),
        name: z.string(),
      }),
    )
    .optional(),
  timeline: z.array(timelineEventSchema),
  /** What became of the follow-up; left out while there is none to start. */
  followUp: followUpOutcomeSchema.optional(),
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
  /**
   * Only requests in which each of the words begins one of the reader's words for
   * it: number, account, permission set, access group, team or state. Neither the
   * justification nor people are searched (security rule 30).
   */
  search: z.string().max(200).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});

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
export type EndedPart = NonNullable<RequestDetail['endedParts']>[number];

/** @public */
export type RequestsResponse = z.infer<typeof requestsResponseSchema>;

/** @public */
export type RequestsQuery = z.input<typeof requestsQuerySchema>;

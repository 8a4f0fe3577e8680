import { z } from 'zod';
import { REQUEST_STATES } from '../requestStates';
import { changesSchema } from './changes';
import { followUpSchema } from './followUp';
import { planSchema } from './plan';
import { policyExplanationSchema } from './policy';
import {
  durationSchema,
  entityRefSchema,
  idempotencyKeySchema,
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
  /**
   * The person for whom somebody else files it, where the configuration lets
   * them; left out = the caller themselves.
   */
  onBehalfOf: entityRefSchema('user').optional(),
  team: entityRefSchema('group'),
  justification: plainText(2000),
  ticket: plainText(100).optional(),
  /** Null = standing access. */
  duration: durationSchema.nullable(),
  changes: changesSchema,
  /** A template that goes on when the access is usable. */
  followUp: followUpSchema.optional(),
});

/**
 * Filing: the input, and a key that makes a repeated call harmless. Unique per
 * filer; the same key with another body is a ConflictError.
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
  /**
   * It is about accounts that the reader may not read about, so that neither these
   * nor who may decide are told; left out = it is not.
   */
  isHidden: z.boolean().optional(),
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
  /**
   * The longest that the policy allows for this, and the rules that say so,
   * whatever duration was asked for; left out where nothing limits it.
   */
  longestDuration: z
    .object({
      seconds: z.number().int().min(0),
      because: z.array(z.string()),
    })
    .optional(),
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
export type Overlap = z.infer<typeof overlapSchema>;

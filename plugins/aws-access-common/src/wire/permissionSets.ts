import { z } from 'zod';
import { REQUEST_STATES } from '../requestStates';
import {
  accessEntrySchema,
  permissionSetSchema,
  verdictSchema,
} from './access';
import { permissionSetDocumentSchema } from './changes';
import { freshnessSchema } from './freshness';
import { accessLevelSchema, accountRefSchema, findingSchema } from './plan';
import { organizationIdSchema } from './primitives';

/**
 * How far an action reaches, by AWS's service authorization reference.
 *
 * @public
 */
export const iamAccessLevelSchema = z.enum([
  'List',
  'Read',
  'Tagging',
  'Write',
  'Permissions management',
]);

/**
 * What a permission set allows in one service of AWS.
 *
 * @public
 */
export const serviceAccessSchema = z.object({
  /** Prefix of its actions, e.g. `s3`. */
  service: z.string(),
  /** AWS's name of it. */
  name: z.string(),
  /** Every action, on every resource. */
  isWhole: z.boolean(),
  /** Only levels of which something is allowed, in AWS's order. */
  levels: z.array(
    z.object({
      level: iamAccessLevelSchema,
      /** Actions that are allowed, of all that the level has. */
      actions: z.number().int(),
      of: z.number().int(),
    }),
  ),
  /**
   * `resources`: some actions on some resources only. `conditions`: some under
   * conditions only. `denials`: something is denied on some resources or under
   * conditions.
   */
  limits: z.array(z.enum(['resources', 'conditions', 'denials'])),
  /** Known by AWS's description of a policy, not action by action. */
  isApproximate: z.boolean(),
});

/**
 * What a permission set really grants: its policies expanded over the list of
 * AWS's actions.
 *
 * @public
 */
export const effectiveAccessSchema = z.object({
  level: accessLevelSchema,
  /** False: the level stands for "cannot tell". */
  isLevelKnown: z.boolean(),
  /** In plain sentences, the widest first. */
  words: z.array(z.string()),
  /** By name of the service. */
  services: z.array(serviceAccessSchema),
  /** What narrows it, in plain sentences. */
  limits: z.array(z.string()),
  /** What nobody can tell from here, in plain sentences. */
  unknown: z.array(z.string()),
});

/**
 * How much of AWS's limit an inline policy takes: characters that are not white
 * space.
 *
 * @public
 */
export const policySizeSchema = z.object({
  characters: z.number().int(),
  limit: z.number().int(),
});

/**
 * A request that changes, or would change, a permission set.
 *
 * @public
 */
export const permissionSetHistorySchema = z.object({
  requestId: z.string(),
  requestNumber: z.number().int(),
  state: z.enum(REQUEST_STATES),
  /** As lists have it: its end is that it is done. */
  isDone: z.boolean().optional(),
  title: z.string(),
  submittedAt: z.string(),
});

/**
 * A permission set, what it grants, where it is and who has it.
 *
 * @public
 */
export const permissionSetDetailSchema = permissionSetSchema.extend({
  /** Who looks after the permission set itself; never `orphaned`. */
  verdict: verdictSchema,
  /** SHA-256 of the full document, as plans have it. */
  documentDigest: z.string(),
  effectiveAccess: effectiveAccessSchema,
  findings: z.array(findingSchema),
  size: policySizeSchema,
  /**
   * Whether `accounts` and `holders` are all there are; otherwise those that the
   * viewer may read: their own, their teams', and those of accounts they own.
   */
  seesEverybody: z.boolean(),
  /** Accounts in which somebody has it, by name. */
  accounts: z.array(accountRefSchema),
  /** Who has it where. */
  holders: z.array(accessEntrySchema),
  /**
   * Accounts that still have an older version of it; null = what the inventory
   * has read does not say.
   */
  outdatedAccounts: z.array(accountRefSchema).nullable(),
  /** Requests about it that the viewer may read, newest first. */
  history: z.array(permissionSetHistorySchema),
  freshness: freshnessSchema,
});

/**
 * Where a permission set is used, in numbers, and what in it is worth an eye.
 *
 * @public
 */
export const permissionSetUseSchema = z.object({
  organizationId: z.string(),
  arn: z.string(),
  /** Accounts in which somebody is assigned it. */
  accounts: z.number().int(),
  /** Groups that are assigned it. */
  groups: z.number().int(),
  /** People who have it in AWS, by groups or directly, each once. */
  people: z.number().int(),
  /** The worst first; its page says why they are. */
  findings: z.array(
    findingSchema.pick({ id: true, severity: true, title: true }),
  ),
});

/**
 * The use of every permission set.
 *
 * @public
 */
export const permissionSetUsesResponseSchema = z.object({
  items: z.array(permissionSetUseSchema),
  /**
   * Whether everything is counted; otherwise what the viewer may read: their
   * own access, their teams', and that of accounts they own.
   */
  seesEverybody: z.boolean(),
  freshness: freshnessSchema,
});

/**
 * Which permission set: its name, or its ARN where several organizations have
 * one of that name.
 *
 * @public
 */
export const permissionSetQuerySchema = z.object({
  organizationId: organizationIdSchema.optional(),
  name: z.string().min(1).max(256),
});

/**
 * A permission set that somebody is writing. Nothing is stored. It need not have
 * a name yet.
 *
 * @public
 */
export const checkPermissionSetSchema = z.object({
  document: permissionSetDocumentSchema.extend({
    name: z.string().max(32).default(''),
  }),
});

/**
 * What there is to say about a permission set that somebody is writing.
 *
 * @public
 */
export const permissionSetCheckSchema = z.object({
  /** What AWS would refuse, or what surely is not meant. */
  problems: z.array(
    z.object({ path: z.string(), message: z.string(), fix: z.string() }),
  ),
  findings: z.array(findingSchema),
  size: policySizeSchema,
  effectiveAccess: effectiveAccessSchema,
});

/** @public */
export type IamAccessLevel = z.infer<typeof iamAccessLevelSchema>;
/** @public */
export type ServiceAccess = z.infer<typeof serviceAccessSchema>;
/** @public */
export type EffectiveAccess = z.infer<typeof effectiveAccessSchema>;
/** @public */
export type PolicySize = z.infer<typeof policySizeSchema>;
/** @public */
export type PermissionSetHistory = z.infer<typeof permissionSetHistorySchema>;
/** @public */
export type PermissionSetDetail = z.infer<typeof permissionSetDetailSchema>;
/** @public */
export type PermissionSetUse = z.infer<typeof permissionSetUseSchema>;
/** @public */
export type PermissionSetUsesResponse = z.infer<
  typeof permissionSetUsesResponseSchema
>;
/** @public */
export type PermissionSetQuery = z.output<typeof permissionSetQuerySchema>;
/** @public */
export type ParsedCheckPermissionSetInput = z.output<
  typeof checkPermissionSetSchema
>;
/** @public */
export type CheckPermissionSetInput = z.input<typeof checkPermissionSetSchema>;
/** @public */
export type PermissionSetCheck = z.infer<typeof permissionSetCheckSchema>;

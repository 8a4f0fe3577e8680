import { z } from 'zod';
import { plannedFollowUpSchema } from './followUp';

/**
 * Identities of an organization, pinned at first contact (security rule 23).
 *
 * @public
 */
export const organizationPinsSchema = z.object({
  organizationId: z.string(),
  instanceArn: z.string(),
  identityStoreId: z.string(),
  managementAccountId: z.string(),
  tenantId: z.string(),
  /** Object id of the enterprise application's service principal. */
  enterpriseApplicationId: z.string(),
});

/** @public */
export const environmentSchema = z.enum([
  'prod',
  'staging',
  'dev',
  'sandbox',
  'unknown',
]);

/** @public */
export const accessLevelSchema = z.enum([
  'admin',
  'power',
  'write',
  'read',
  'billing',
  'custom',
]);

/**
 * A person is an Entra object id (security rule 6); the refs and names beside
 * it are for display.
 *
 * @public
 */
export const personSchema = z.object({
  entraUserId: z.string(),
  entityRef: z.string().nullable(),
  displayName: z.string(),
});

/** @public */
export const accountRefSchema = z.object({
  id: z.string(),
  name: z.string(),
  environment: environmentSchema,
});

/** @public */
export const permissionSetRefSchema = z.object({
  arn: z.string(),
  name: z.string(),
  accessLevel: accessLevelSchema,
  /** SHA-256 of the full document, see the planner. */
  documentDigest: z.string(),
});

/**
 * Stands for the ARN of a permission set that the request creates, until AWS has
 * given it one.
 *
 * @param key - the key of the `permissionSet` change
 * @public
 */
export function newPermissionSetArn(key: string): string {
  return `new:${key}`;
}

/**
 * One effect of a plan (security rule 1): a person may use a permission set in
 * an account, from the start of the request, for `seconds` or for ever.
 *
 * @public
 */
export const atomSchema = z.object({
  entraUserId: z.string(),
  permissionSetArn: z.string(),
  documentDigest: z.string(),
  accountId: z.string(),
  /** Seconds from the start of provisioning; null = standing. */
  seconds: z.number().int().positive().nullable(),
});

/** @public */
export const severitySchema = z.enum(['info', 'low', 'medium', 'high']);

/** @public */
export const findingSchema = z.object({
  id: z.string(),
  severity: severitySchema,
  title: z.string(),
  reason: z.string(),
  /**
   * Whom and which accounts it names, by Entra object ids and account ids. Only
   * who may read about all of them reads it (security rule 29); left out = not
   * known, and only who reads the whole plan reads it.
   */
  about: z
    .object({ people: z.array(z.string()), accounts: z.array(z.string()) })
    .optional(),
});

/**
 * A cloud object as the plan leaves it. `id` is the immutable id of an existing
 * object and null for one to be created; `before` and `after` are documents, and
 * null where there is nothing. What is adopted stays as it is, and is this
 * product's from then on (security rule 18). A `scope` is a mandate to keep assignments true
 * as accounts come and go (security rule 17).
 *
 * @public
 */
export const planObjectSchema = z.object({
  key: z.string(),
  kind: z.enum([
    'accessGroup',
    'membership',
    'applicationAssignment',
    'accountAssignment',
    'permissionSet',
    'scope',
  ]),
  action: z.enum(['create', 'change', 'remove', 'untouched', 'adopt']),
  id: z.string().nullable(),
  /** One plain sentence for the approver. */
  summary: z.string(),
  before: z.unknown().nullable(),
  after: z.unknown().nullable(),
});

/** @public */
export const planStepKindSchema = z.enum([
  'ensureAccessGroup',
  'ensureMembers',
  'assignGroupToEnterpriseApplication',
  'provisionOnDemand',
  'awaitIdentityStoreGroup',
  'awaitIdentityStoreUsers',
  'ensurePermissionSet',
  'provisionPermissionSet',
  'ensureAssignment',
  'verify',
  'removeAssignment',
  'removeMembers',
  'removeApplicationAssignment',
  'removeAccessGroup',
  'removePermissionSet',
  'verifyGone',
]);

/** @public */
export const planSchema = z.object({
  formatVersion: z.literal(1),
  organization: organizationPinsSchema,
  /** ISO-8601; null = standing. */
  duration: z.string().nullable(),
  people: z.array(personSchema),
  accounts: z.array(accountRefSchema),
  permissionSets: z.array(permissionSetRefSchema),
  objects: z.array(planObjectSchema),
  /** Effects that begin with it. */
  gains: z.array(atomSchema),
  /** Effects that end with it; `seconds` is null. */
  losses: z.array(atomSchema),
  /**
   * Effects that are there and stay, of what is taken under management; left out
   * = none. `seconds` is null.
   */
  adopts: z.array(atomSchema).optional(),
  findings: z.array(findingSchema),
  /**
   * How much of it the reader may not read about; left out = they see all of it
   * (security rule 29).
   */
  hidden: z
    .object({ people: z.number().int(), accounts: z.number().int() })
    .optional(),
  /** The template that is started when the access is usable; left out = none. */
  followUp: plannedFollowUpSchema.optional(),
  /** What will happen, in plain sentences with counts. */
  sentences: z.array(z.string()),
});

/** @public */
export type OrganizationPins = z.infer<typeof organizationPinsSchema>;
/** @public */
export type Environment = z.infer<typeof environmentSchema>;
/** @public */
export type AccessLevel = z.infer<typeof accessLevelSchema>;
/** @public */
export type Person = z.infer<typeof personSchema>;
/** @public */
export type AccountRef = z.infer<typeof accountRefSchema>;
/** @public */
export type PermissionSetRef = z.infer<typeof permissionSetRefSchema>;
/** @public */
export type Atom = z.infer<typeof atomSchema>;
/** @public */
export type Severity = z.infer<typeof severitySchema>;
/** @public */
export type Finding = z.infer<typeof findingSchema>;
/** @public */
export type PlanObject = z.infer<typeof planObjectSchema>;
/** @public */
export type PlanAction = PlanObject['action'];
/** @public */
export type PlanStepKind = z.infer<typeof planStepKindSchema>;
/** @public */
export type Plan = z.infer<typeof planSchema>;

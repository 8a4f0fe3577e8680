import { z } from 'zod';
import { permissionSetContentSchema } from './permissionSetContent';
import { freshnessSchema } from './freshness';
import {
  accessLevelSchema,
  accountRefSchema,
  environmentSchema,
  personSchema,
} from './plan';

/** @public */
export const accountSchema = accountRefSchema.extend({
  organizationId: z.string(),
  email: z.string().nullable(),
  state: z.string(),
  /** Names of the organizational units from the root down. */
  ouPath: z.array(z.string()),
  /** Their ids, in the same order; a scope names one of them. */
  ouIds: z.array(z.string()),
  /** Refs of the owners; null = unknown (no trusted source says). */
  ownerRefs: z.array(z.string()).nullable(),
  /** Management or configured protected account: no request may touch it. */
  isProtected: z.boolean(),
});

/** @public */
export const permissionSetSchema = permissionSetContentSchema.extend({
  organizationId: z.string(),
  arn: z.string(),
  accessLevel: accessLevelSchema,
  isProtected: z.boolean(),
});

/**
 * What proves that an access group belongs to the team it is shown under.
 * `lease`: a request of the team made it, or placed access with it; `adopted`: a
 * request of the team took it under management. Only these two carry weight; the
 * others are for display.
 *
 * @public
 */
export const evidenceSchema = z.enum([
  'lease',
  'adopted',
  'annotation',
  'namingTemplate',
  'members',
]);

/**
 * How what is there stands to what requests want:
 *
 * - `managed`: an approved request made it
 * - `adopted`: somebody else made it, and an approved request took it under
 *   management
 * - `unmanaged`: no request wants it
 * - `orphaned`: no request wants it, and its group or user is gone
 * - `drifted`: a request wants it, and the clouds have it otherwise
 *
 * @public
 */
export const verdictSchema = z.enum([
  'managed',
  'adopted',
  'unmanaged',
  'orphaned',
  'drifted',
]);

/** @public */
export const accessPathSchema = z.discriminatedUnion('via', [
  z.object({
    via: z.literal('group'),
    groupName: z.string(),
    /** Null: the group has no counterpart in Entra (made by hand in AWS). */
    entraGroupId: z.string().nullable(),
    identityStoreGroupId: z.string(),
  }),
  z.object({ via: z.literal('direct'), identityStoreUserId: z.string() }),
  /** The principal of the assignment no longer exists. */
  z.object({ via: z.literal('missing'), principalId: z.string() }),
]);

/** @public */
export const holderSchema = personSchema.extend({
  /** Null when the identity store user has no Entra counterpart. */
  entraUserId: z.string().nullable(),
  /** Null while SCIM has not brought them to AWS. */
  identityStoreUserId: z.string().nullable(),
  /** Member of the team in the catalog; null when no team was asked for. */
  inTeam: z.boolean().nullable(),
  /**
   * `usable`: in Entra and in AWS. `arriving`: in Entra, not yet in AWS.
   * `leaving`: gone from Entra, still in AWS until the next SCIM cycle.
   */
  reach: z.enum(['usable', 'arriving', 'leaving']),
});

/**
 * One way into one account: who, as what, through what, until when.
 *
 * @public
 */
export const accessEntrySchema = z.object({
  id: z.string(),
  organizationId: z.string(),
  account: accountRefSchema,
  permissionSet: z.object({
    arn: z.string(),
    name: z.string(),
    accessLevel: accessLevelSchema,
    sessionDuration: z.string(),
  }),
  path: accessPathSchema,
  evidence: evidenceSchema.nullable(),
  /** `unmanaged`: exists in the clouds, no lease of ours wants it. */
  standing: z.enum(['temporary', 'standing', 'unmanaged']),
  verdict: verdictSchema,
  /** End of the last live lease, ISO-8601; null = no end. */
  until: z.string().nullable(),
  requestId: z.string().nullable(),
  requestNumber: z.number().nullable(),
  holders: z.array(holderSchema),
  /** Opens this account and role in the AWS access portal. */
  consoleUrl: z.string().nullable(),
});

/** @public */
export const thingToLookAtSchema = z.object({
  id: z.string(),
  severity: z.enum(['info', 'low', 'medium', 'high']),
  /** One plain sentence. */
  text: z.string(),
  entryId: z.string().nullable(),
});

/** @public */
export const accessResponseSchema = z.object({
  items: z.array(accessEntrySchema),
  counts: z.object({
    people: z.number(),
    accounts: z.number(),
    permissionSets: z.number(),
    temporary: z.number(),
  }),
  environments: z.record(environmentSchema, z.number()),
  nextEnd: z.string().nullable(),
  thingsToLookAt: z.array(thingToLookAtSchema),
  freshness: freshnessSchema,
});

/** @public */
export const accountsResponseSchema = z.object({
  items: z.array(accountSchema),
  totalItems: z.number(),
  nextCursor: z.string().nullable(),
  freshness: freshnessSchema,
});

/** @public */
export const permissionSetsResponseSchema = z.object({
  items: z.array(permissionSetSchema),
  totalItems: z.number(),
  nextCursor: z.string().nullable(),
  freshness: freshnessSchema,
});

/** @public */
export type Account = z.infer<typeof accountSchema>;
/** @public */
export type PermissionSet = z.infer<typeof permissionSetSchema>;
/** @public */
export type Evidence = z.infer<typeof evidenceSchema>;
/** @public */
export type Verdict = z.infer<typeof verdictSchema>;
/** @public */
export type AccessPath = z.infer<typeof accessPathSchema>;
/** @public */
export type Holder = z.infer<typeof holderSchema>;
/** @public */
export type AccessEntry = z.infer<typeof accessEntrySchema>;
/** @public */
export type ThingToLookAt = z.infer<typeof thingToLookAtSchema>;
/** @public */
export type AccessResponse = z.infer<typeof accessResponseSchema>;
/** @public */
export type AccountsResponse = z.infer<typeof accountsResponseSchema>;
/** @public */
export type PermissionSetsResponse = z.infer<
  typeof permissionSetsResponseSchema
>;

import { z } from 'zod';
import { evidenceSchema } from './access';
import { freshnessSchema } from './freshness';
import { accessLevelSchema } from './plan';

/**
 * An Entra group that carries access to AWS. What it has is counted as far as
 * the viewer may read it.
 *
 * @public
 */
export const accessGroupSchema = z.object({
  organizationId: z.string(),
  entraGroupId: z.string(),
  /** Null: it has not come to AWS. */
  identityStoreGroupId: z.string().nullable(),
  name: z.string(),
  description: z.string().nullable(),
  /** What makes it the group of the team that was asked for; else null. */
  evidence: evidenceSchema.nullable(),
  /** People in it, in Entra. */
  people: z.number().int(),
  /** Accounts in which it has something. */
  accounts: z.number().int(),
  /** What it has in any of them, by name. */
  permissionSets: z.array(
    z.object({
      arn: z.string(),
      name: z.string(),
      accessLevel: accessLevelSchema,
    }),
  ),
  /** False: SCIM does not carry it to AWS. */
  assignedToApplication: z.boolean(),
  /** Why no request can use it; null = one can. */
  unusableBecause: z.string().nullable(),
});

/** @public */
export const accessGroupsResponseSchema = z.object({
  items: z.array(accessGroupSchema),
  totalItems: z.number().int(),
  nextCursor: z.string().nullable(),
  freshness: freshnessSchema,
});

/**
 * A unit of AWS Organizations that has accounts in it, or in units below it.
 *
 * @public
 */
export const organizationalUnitSchema = z.object({
  organizationId: z.string(),
  id: z.string(),
  name: z.string(),
  /** Null: it is directly under the root. */
  parentId: z.string().nullable(),
  /** Accounts directly in it. */
  accounts: z.number().int(),
  /** Those, and all in the units below. */
  accountsWithin: z.number().int(),
});

/**
 * Each unit before those below it, and neighbours by name.
 *
 * @public
 */
export const organizationalUnitsResponseSchema = z.object({
  items: z.array(organizationalUnitSchema),
  freshness: freshnessSchema,
});

/** @public */
export type AccessGroup = z.infer<typeof accessGroupSchema>;
/** @public */
export type AccessGroupsResponse = z.infer<typeof accessGroupsResponseSchema>;
/** @public */
export type OrganizationalUnitEntry = z.infer<typeof organizationalUnitSchema>;
/** @public */
export type OrganizationalUnitsResponse = z.infer<
  typeof organizationalUnitsResponseSchema
>;

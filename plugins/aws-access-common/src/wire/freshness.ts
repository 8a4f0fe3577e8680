import { z } from 'zod';

/**
 * The parts of the inventory; each has its own age and completeness.
 *
 * @public
 */
export const INVENTORY_PARTS = [
  'accounts',
  'permissionSets',
  'assignments',
  'identityStore',
  'entraUsers',
  'entraGroups',
  'enterpriseApplication',
] as const;

/** @public */
export type InventoryPart = (typeof INVENTORY_PARTS)[number];

/** @public */
export const inventoryPartStatusSchema = z.object({
  part: z.enum(INVENTORY_PARTS),
  /** When the stored rows were read; null = never. */
  asOf: z.string().nullable(),
  /**
   * False: the last attempt failed and the rows are those of `asOf`, or something
   * of it has not been read once, see `unread`.
   */
  complete: z.boolean(),
  /** Why it is not complete, in plain words. */
  reason: z.string().nullable(),
  /**
   * Nothing failed, but some of it is read in turns and has not had its first: of
   * assignments, pairs of account and permission set that are looked at for people
   * who are assigned directly.
   */
  unread: z.object({ count: z.number(), of: z.number() }).optional(),
});

/**
 * How old an answer is and what is missing from it. `asOf` is the age of the
 * oldest part that the answer rests on.
 *
 * @public
 */
export const freshnessSchema = z.object({
  asOf: z.string().nullable(),
  complete: z.boolean(),
  /** True when `asOf` is older than the configured limit. */
  stale: z.boolean(),
  parts: z.array(inventoryPartStatusSchema),
});

/** @public */
export const inventoryStatusSchema = z.object({
  organizationId: z.string(),
  /**
   * Assignments made directly to people, which are read in turns, account and
   * permission set by account and permission set.
   */
  directAssignments: z
    .object({
      /** The oldest reading; null = some have not been read yet. */
      asOf: z.string().nullable(),
      pairs: z.number(),
      unread: z.number(),
    })
    .optional(),
  freshness: freshnessSchema,
  refresh: z.object({
    running: z.boolean(),
    startedAt: z.string().nullable(),
    finishedAt: z.string().nullable(),
    /** The part being read and how many of its items are known so far. */
    progress: z
      .object({
        part: z.enum(INVENTORY_PARTS),
        done: z.number(),
        total: z.number().nullable(),
      })
      .nullable(),
  }),
});

/** @public */
export const inventoryResponseSchema = z.object({
  items: z.array(inventoryStatusSchema),
  /** Whether the caller may have the clouds read anew. */
  canRefresh: z.boolean(),
});

/**
 * How an organization is, in one word, the worst first. `down`: a cloud cannot be
 * reached or does not know the portal. `held`: nothing is written, because the
 * clouds are not those of first contact. `stopped`: by an operator. `degraded`: a
 * part is missing, old or late, or credentials end soon.
 *
 * @public
 */
export const ORGANIZATION_HEALTH = [
  'down',
  'held',
  'stopped',
  'degraded',
  'ok',
] as const;

/** @public */
export type OrganizationHealth = (typeof ORGANIZATION_HEALTH)[number];

/** @public */
export const organizationSchema = z.object({
  id: z.string(),
  title: z.string(),
  health: z.enum(ORGANIZATION_HEALTH),
  /** Why it is so, in plain words; null where all is well. */
  reason: z.string().nullable(),
  /** What mends it, in plain words; null where all is well. */
  nextStep: z.string().nullable().optional(),
  /** Since when it is so, ISO-8601; null = not known, or all is well. */
  since: z.string().nullable().optional(),
  writes: z.enum(['off', 'dry-run', 'on']),
  accessPortalUrl: z.string().nullable(),
  /** Region of IAM Identity Center, which the AWS CLI needs to sign in. */
  region: z.string().optional(),
});

/**
 * Pages that are for some roles only.
 *
 * @public
 */
export const RESTRICTED_PAGES = ['policies', 'audit', 'operations'] as const;

/** @public */
export const organizationsResponseSchema = z.object({
  items: z.array(organizationSchema),
  /** Which of the restricted pages the caller may read. */
  pages: z.array(z.enum(RESTRICTED_PAGES)),
  /** Whether there is anybody for whom the caller may file requests. */
  canFileForOthers: z.boolean().optional(),
});

/** @public */
export type RestrictedPage = (typeof RESTRICTED_PAGES)[number];
/** @public */
export type OrganizationsResponse = z.infer<typeof organizationsResponseSchema>;
/** @public */
export type InventoryPartStatus = z.infer<typeof inventoryPartStatusSchema>;
/** @public */
export type Freshness = z.infer<typeof freshnessSchema>;
/** @public */
export type InventoryStatus = z.infer<typeof inventoryStatusSchema>;
/** @public */
export type InventoryResponse = z.infer<typeof inventoryResponseSchema>;
/** @public */
export type Organization = z.infer<typeof organizationSchema>;

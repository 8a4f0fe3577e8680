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

/** @public */
export type InventoryPartStatus = z.infer<typeof inventoryPartStatusSchema>;
/** @public */
export type Freshness = z.infer<typeof freshnessSchema>;
/** @public */
export type InventoryStatus = z.infer<typeof inventoryStatusSchema>;
/** @public */
export type InventoryResponse = z.infer<typeof inventoryResponseSchema>;

import { z } from 'zod';

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
export type Organization = z.infer<typeof organizationSchema>;

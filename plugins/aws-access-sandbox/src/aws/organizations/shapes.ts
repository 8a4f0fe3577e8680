import { z } from 'zod';

/** Constraints of the members that many Organizations operations share, as the service publishes them. */
const unit = 'ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}';
const root = 'r-[0-9a-z]{4,32}';

export const AccountId = z
  .string()
  .max(12)
  .regex(/^\d{12}$/);

export const OrganizationalUnitId = z
  .string()
  .max(68)
  .regex(new RegExp(`^${unit}$`));

export const ParentId = z
  .string()
  .max(100)
  .regex(new RegExp(`^(${root}|${unit})$`));

export const ChildId = z
  .string()
  .max(100)
  .regex(new RegExp(`^(\\d{12}|${unit})$`));

export const TaggableResourceId = z
  .string()
  .max(130)
  .regex(
    new RegExp(
      `^(${root}|\\d{12}|${unit}|p-[0-9a-zA-Z_]{8,128}|rp-[0-9a-zA-Z_]{4,128}|rt-[0-9a-zA-Z_]{8,32})$`,
    ),
  );

export const ServicePrincipal = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\w+=,.@-]*$/);

export const TagKey = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u);

export const Tags = z.array(
  z.object({
    Key: TagKey,
    Value: z
      .string()
      .max(256)
      .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u),
  }),
);

export const NextToken = z.string().max(100_000).optional();

/** The members of a paged list: at most 20 a page. */
export const paging = {
  MaxResults: z.number().int().min(1).max(20).optional(),
  NextToken,
};

import { z } from 'zod';

/** Constraints of the members that many identitystore operations share, as the service publishes them. */
export const IdentityStoreId = z
  .string()
  .min(1)
  .max(36)
  .regex(/^(d-[0-9a-f]{10}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/);

export const ResourceId = z
  .string()
  .min(1)
  .max(47)
  .regex(
    /^([0-9a-f]{10}-|)[A-Fa-f0-9]{8}(-[A-Fa-f0-9]{4}){3}-[A-Fa-f0-9]{12}$/,
  );

/** Names, titles and descriptions. */
export const Text = z
  .string()
  .min(1)
  .max(1024)
  .regex(/^[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r \u00a0\u3000]+$/u);

/** Names without white space: user names, external ids. */
const Word = z.string().regex(/^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u);

export const UserName = Word.min(1).max(128);

export const MemberId = z.object({ UserId: ResourceId });

/** The path of an attribute, such as `name.givenName`. */
export const AttributePath = z
  .string()
  .min(1)
  .max(255)
  .regex(
    /^(?:\p{L}+:\p{L}+:\p{L}+(?:\.\p{L}+){0,3}|\p{L}+(?:\.\p{L}+){0,2})$/u,
  );

/** Either a unique attribute or an id that the external identity provider issued. */
export const AlternateIdentifier = z.object({
  ExternalId: z
    .object({
      Issuer: Word.min(1).max(256),
      Id: Word.min(1).max(256),
    })
    .optional(),
  UniqueAttribute: z
    .object({ AttributePath, AttributeValue: z.unknown() })
    .optional(),
});

export const Filters = z
  .array(z.object({ AttributePath, AttributeValue: Text }))
  .max(1)
  .optional();

export const ExtensionNames = z
  .array(
    z
      .string()
      .min(1)
      .max(50)
      .regex(/^aws:identitystore:[a-z]{1,20}$/),
  )
  .min(1)
  .max(10)
  .optional();

/** The members of a paged list. */
export const paging = {
  MaxResults: z.number().int().min(1).max(100).optional(),
  NextToken: z
    .string()
    .min(1)
    .max(65_535)
    .regex(/^[-a-zA-Z0-9+=/:_]*$/)
    .optional(),
};

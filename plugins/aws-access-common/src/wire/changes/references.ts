import { z } from 'zod';
import {
  accountIdSchema,
  entraIdSchema,
  permissionSetArnSchema,
  plainText,
} from '../primitives';

/**
 * How other changes of the same request refer to one.
 *
 * @public
 */
export const changeKeySchema = z
  .string()
  .regex(
    /^[a-z][a-zA-Z0-9-]{0,31}$/,
    'must begin with a small letter and have at most 32 letters, digits or dashes',
  );

/**
 * A group that exists: identity is the Entra object id, never the name.
 *
 * @public
 */
export const existingAccessGroupSchema = z.object({
  entraGroupId: entraIdSchema,
});

/**
 * A permission set that exists: identity is the ARN, never the name.
 *
 * @public
 */
export const existingPermissionSetSchema = z.object({
  arn: permissionSetArnSchema,
});

/** Something that the same request makes, by the `key` of its change. */
const ofThisRequestSchema = z.object({ change: changeKeySchema });

/**
 * An access group: one that the same request makes, or one that exists.
 *
 * @public
 */
export const accessGroupReferenceSchema = z.union([
  ofThisRequestSchema,
  existingAccessGroupSchema,
]);

/**
 * A permission set: one that the same request makes or changes, or one that
 * exists.
 *
 * @public
 */
export const permissionSetReferenceSchema = z.union([
  existingPermissionSetSchema,
  ofThisRequestSchema,
]);

/**
 * How many accounts one change may name. An own limit, so that a person can read
 * what they decide on; what is to hold in more of them names a scope.
 *
 * @public
 */
export const MAX_NAMED_ACCOUNTS = 200;

/**
 * Accounts by their ids.
 *
 * @public
 */
export const namedAccountsSchema = z.object({
  kind: z.literal('named'),
  accountIds: z
    .array(accountIdSchema)
    .min(1, 'must name at least one account')
    .max(
      MAX_NAMED_ACCOUNTS,
      `must name at most ${MAX_NAMED_ACCOUNTS} accounts`,
    ),
});

/** How many accounts a scope may ever hold: the ceiling of its mandate (security rule 17). */
const maxAccountsSchema = z.number().int().min(1).max(500);

/**
 * Which accounts: named ones, or a scope that is kept true as accounts come and
 * go. A scope never holds the management account, a delegated administrator
 * account or a protected one; those must be named.
 *
 * @public
 */
export const accountScopeSchema = z.discriminatedUnion('kind', [
  namedAccountsSchema,
  z.object({
    kind: z.literal('organizationalUnit'),
    /** Units below it are included. */
    id: z
      .string()
      .regex(
        /^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/,
        'must be the id of an organizational unit (ou-...) or of the root (r-...)',
      ),
    maxAccounts: maxAccountsSchema,
  }),
  z.object({
    kind: z.literal('tag'),
    key: plainText(128),
    value: plainText(256),
    maxAccounts: maxAccountsSchema,
  }),
  z.object({ kind: z.literal('all'), maxAccounts: maxAccountsSchema }),
]);

/** @public */
export type AccessGroupReference = z.infer<typeof accessGroupReferenceSchema>;
/** @public */
export type PermissionSetReference = z.infer<
  typeof permissionSetReferenceSchema
>;
/** @public */
export type AccountScope = z.infer<typeof accountScopeSchema>;

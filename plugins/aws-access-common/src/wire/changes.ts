import { z } from 'zod';
import {
  accountIdSchema,
  entityRefSchema,
  permissionSetArnSchema,
  plainText,
} from './primitives';

/**
 * Entra's limit on a group's display name is 256; IAM Identity Center's SCIM
 * endpoint refuses the characters below.
 */
const groupNameSchema = plainText(256)
  .refine(name => !/[<>;:%\t\n]/.test(name), {
    message: 'must not contain < > ; : % or line breaks',
  })
  // Names that differ in nothing one can see would be taken for each other.
  .refine(name => !/\p{Default_Ignorable_Code_Point}|(?! )\s/u.test(name), {
    message: 'must not contain invisible characters or other spaces than " "',
  });

/**
 * Who is put into an access group: named people, or everybody who is in the
 * team when the plan is made.
 *
 * @public
 */
export const membersSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('people'),
    people: z
      .array(entityRefSchema('user'))
      .min(1, 'must name at least one person')
      .max(100, 'must name at most 100 people'),
  }),
  z.object({ kind: z.literal('team'), team: entityRefSchema('group') }),
]);

/**
 * "There is an Entra security group that carries this access." Other changes of
 * the same request refer to it by `key`. Without `name` the organization's
 * naming template proposes one.
 *
 * @public
 */
export const accessGroupChangeSchema = z.object({
  kind: z.literal('accessGroup'),
  key: z.string().regex(/^[a-z][a-zA-Z0-9-]{0,31}$/),
  name: groupNameSchema.optional(),
  description: plainText(1024).optional(),
  members: membersSchema,
});

/**
 * "The access group has this permission set on these accounts."
 *
 * @public
 */
export const assignmentChangeSchema = z.object({
  kind: z.literal('assignment'),
  accessGroup: z.object({
    /** The `key` of an `accessGroup` change in the same request. */
    change: z.string(),
  }),
  permissionSet: z.object({ arn: permissionSetArnSchema }),
  accounts: z.object({
    kind: z.literal('named'),
    accountIds: z
      .array(accountIdSchema)
      .min(1, 'must name at least one account')
      .max(200, 'must name at most 200 accounts'),
  }),
});

/**
 * One declared piece of a request.
 *
 * @public
 */
export const changeSchema = z.discriminatedUnion('kind', [
  accessGroupChangeSchema,
  assignmentChangeSchema,
]);

/** @public */
export type Change = z.infer<typeof changeSchema>;
/** @public */
export type AccessGroupChange = z.infer<typeof accessGroupChangeSchema>;
/** @public */
export type AssignmentChange = z.infer<typeof assignmentChangeSchema>;
/** @public */
export type Members = z.infer<typeof membersSchema>;

/**
 * The changes of one request: at most 50 (security rule 33), every reference
 * resolvable, no key twice.
 *
 * @public
 */
export const changesSchema = z
  .array(changeSchema)
  .min(1, 'must contain at least one change')
  .max(50, 'must contain at most 50 changes')
  .superRefine((changes, context) => {
    const keys = new Set<string>();
    changes.forEach((change, index) => {
      if (change.kind !== 'accessGroup') return;
      if (keys.has(change.key)) {
        context.addIssue({
          code: 'custom',
          path: [index, 'key'],
          message: `must be unique: another access group already has the key '${change.key}'`,
        });
      }
      keys.add(change.key);
    });
    changes.forEach((change, index) => {
      if (
        change.kind === 'assignment' &&
        !keys.has(change.accessGroup.change)
      ) {
        context.addIssue({
          code: 'custom',
          path: [index, 'accessGroup', 'change'],
          message: `must be the key of an access group of this request, and none has the key '${change.accessGroup.change}'`,
        });
      }
    });
  });

import { z } from 'zod';
import { entityRefSchema, plainText } from '../primitives';
import { changeKeySchema, existingAccessGroupSchema } from './references';

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
 * Named people. Graph binds members one by one; a hundred is a crowd already.
 *
 * @public
 */
export const namedPeopleSchema = z
  .array(entityRefSchema('user'))
  .min(1, 'must name at least one person')
  .max(100, 'must name at most 100 people');

/**
 * Who is put into an access group: named people, or everybody who is in the
 * team. Who leaves the team leaves the group; who joins gets a membership
 * request.
 *
 * @public
 */
export const membersSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('people'), people: namedPeopleSchema }),
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
  key: changeKeySchema,
  name: groupNameSchema.optional(),
  description: plainText(1024).optional(),
  members: membersSchema,
});

/**
 * "There is no such access group any more": its assignments, members and place
 * in the enterprise application go with it. Only a group that this product made.
 *
 * @public
 */
export const removeAccessGroupChangeSchema = z.object({
  kind: z.literal('removeAccessGroup'),
  accessGroup: existingAccessGroupSchema,
});

/** @public */
export type AccessGroupChange = z.infer<typeof accessGroupChangeSchema>;
/** @public */
export type RemoveAccessGroupChange = z.infer<
  typeof removeAccessGroupChangeSchema
>;
/** @public */
export type Members = z.infer<typeof membersSchema>;

import { z } from 'zod';
import { namedPeopleSchema } from './accessGroup';
import { existingAccessGroupSchema } from './references';

/**
 * "These people are in this access group", standing or for the request's
 * duration. They get everything that the group carries.
 *
 * @public
 */
export const membershipChangeSchema = z.object({
  kind: z.literal('membership'),
  accessGroup: existingAccessGroupSchema,
  people: namedPeopleSchema,
});

/**
 * "These people are not in this access group any more", whoever put them there.
 *
 * @public
 */
export const removeMembershipChangeSchema = z.object({
  kind: z.literal('removeMembership'),
  accessGroup: existingAccessGroupSchema,
  people: namedPeopleSchema,
});

/** @public */
export type MembershipChange = z.infer<typeof membershipChangeSchema>;
/** @public */
export type RemoveMembershipChange = z.infer<
  typeof removeMembershipChangeSchema
>;

import { z } from 'zod';
import { namedPeopleSchema } from './accessGroup';
import { existingPermissionSetSchema, namedAccountsSchema } from './references';

/**
 * "These people have this permission set on these accounts for some hours": an
 * assignment made directly to each of them, so that it starts within seconds and
 * no session begins after its end. The request must have a duration.
 *
 * @public
 */
export const elevationChangeSchema = z.object({
  kind: z.literal('elevation'),
  people: namedPeopleSchema,
  permissionSet: existingPermissionSetSchema,
  accounts: namedAccountsSchema,
});

/**
 * "These people do not have this permission set directly on these accounts any
 * more", whoever assigned it.
 *
 * @public
 */
export const removeElevationChangeSchema = z.object({
  kind: z.literal('removeElevation'),
  people: namedPeopleSchema,
  permissionSet: existingPermissionSetSchema,
  accounts: namedAccountsSchema,
});

/** @public */
export type ElevationChange = z.infer<typeof elevationChangeSchema>;
/** @public */
export type RemoveElevationChange = z.infer<typeof removeElevationChangeSchema>;

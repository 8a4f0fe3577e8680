import { z } from 'zod';
import {
  existingAccessGroupSchema,
  existingPermissionSetSchema,
} from './references';

/**
 * "This product looks after the access group, its members and its assignments
 * from now on", where somebody else made them (security rule 18). Nothing changes
 * in the clouds; when the request is given back, the access itself goes.
 *
 * @public
 */
export const adoptAccessGroupChangeSchema = z.object({
  kind: z.literal('adoptAccessGroup'),
  accessGroup: existingAccessGroupSchema,
});

/**
 * "This product looks after the permission set from now on", where somebody else
 * made it (security rule 18). Its assignments stay what they are.
 *
 * @public
 */
export const adoptPermissionSetChangeSchema = z.object({
  kind: z.literal('adoptPermissionSet'),
  permissionSet: existingPermissionSetSchema,
});

/** @public */
export type AdoptAccessGroupChange = z.infer<
  typeof adoptAccessGroupChangeSchema
>;
/** @public */
export type AdoptPermissionSetChange = z.infer<
  typeof adoptPermissionSetChangeSchema
>;

import { z } from 'zod';
import {
  accessGroupReferenceSchema,
  accountScopeSchema,
  existingAccessGroupSchema,
  existingPermissionSetSchema,
  namedAccountsSchema,
  permissionSetReferenceSchema,
} from './references';

/**
 * "The access group has this permission set on these accounts."
 *
 * @public
 */
export const assignmentChangeSchema = z.object({
  kind: z.literal('assignment'),
  accessGroup: accessGroupReferenceSchema,
  permissionSet: permissionSetReferenceSchema,
  accounts: accountScopeSchema,
});

/**
 * "The access group does not have this permission set on these accounts any
 * more", whoever assigned it.
 *
 * @public
 */
export const removeAssignmentChangeSchema = z.object({
  kind: z.literal('removeAssignment'),
  accessGroup: existingAccessGroupSchema,
  permissionSet: existingPermissionSetSchema,
  accounts: namedAccountsSchema,
});

/** @public */
export type AssignmentChange = z.infer<typeof assignmentChangeSchema>;
/** @public */
export type RemoveAssignmentChange = z.infer<
  typeof removeAssignmentChangeSchema
>;

import { z } from 'zod';

/**
 * What `after` of a plan's objects holds, by the object's kind. The planner
 * writes it, the approver sees it, and provisioning carries out exactly it.
 * Objects refer to an access group by the `key` of its object in the plan; the
 * object's `id` is the Entra object id of a group that exists already.
 */
export const accessGroupDocumentSchema = z.object({
  displayName: z.string(),
  description: z.string(),
  /** Entra object ids of everybody the request wants in the group, sorted. */
  memberIds: z.array(z.string()),
});

/** The group is assigned to the enterprise application. */
export const applicationAssignmentDocumentSchema = z.object({
  accessGroup: z.string(),
});

/** The group has the permission set in the account. */
export const accountAssignmentDocumentSchema = z.object({
  accessGroup: z.string(),
  accountId: z.string(),
  permissionSetArn: z.string(),
});

/** What a group of a plan will be. */
export type AccessGroupDocument = z.infer<typeof accessGroupDocumentSchema>;
/** Which group of a plan will be assigned to the enterprise application. */
export type ApplicationAssignmentDocument = z.infer<
  typeof applicationAssignmentDocumentSchema
>;
/** Which group of a plan will have what, where. */
export type AccountAssignmentDocument = z.infer<
  typeof accountAssignmentDocumentSchema
>;

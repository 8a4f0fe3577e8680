import { accountScopeSchema } from 'backstage-plugin-aws-access-common';
import { z } from 'zod';

/**
 * What `before` and `after` of a plan's objects hold, by the object's kind. The
 * planner writes it, the approver sees it, and provisioning carries out exactly
 * it.
 *
 * Objects refer to an access group by the `key` of its object in the plan: the
 * key of the change that makes it, or the Entra object id of one that exists.
 * `permissionSetArn` is an ARN, or `newPermissionSetArn(key)` of one that the
 * plan makes.
 */
export const accessGroupDocumentSchema = z.object({
  displayName: z.string(),
  description: z.string(),
  /**
   * Entra object ids, sorted: of everybody a new group is made with, of
   * everybody in an existing one now.
   */
  memberIds: z.array(z.string()),
});

/** Somebody is in a group that exists; for new ones see `memberIds`. */
export const membershipDocumentSchema = z.object({
  accessGroup: z.string(),
  entraUserId: z.string(),
});

/** The group is assigned to the enterprise application. */
export const applicationAssignmentDocumentSchema = z.object({
  accessGroup: z.string(),
});

/** A group, or for an elevation a person, has the permission set in the account. */
export const accountAssignmentDocumentSchema = z.object({
  principal: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('accessGroup'), accessGroup: z.string() }),
    z.object({ kind: z.literal('person'), entraUserId: z.string() }),
  ]),
  accountId: z.string(),
  permissionSetArn: z.string(),
});

/** Which accounts an assignment is kept true for, and how many at most. */
export const scopeDocumentSchema = z.object({
  accessGroup: z.string(),
  permissionSetArn: z.string(),
  scope: accountScopeSchema,
  /** Accounts that are in it now, sorted. */
  accountIds: z.array(z.string()),
  /** Seconds from the start; a mandate lives at most twelve months (security rule 19). */
  seconds: z.number().int().positive(),
});

/** What a group of a plan is or will be. */
export type AccessGroupDocument = z.infer<typeof accessGroupDocumentSchema>;
/** Who is or will be in which group. */
export type MembershipDocument = z.infer<typeof membershipDocumentSchema>;
/** Which group of a plan is or will be assigned to the enterprise application. */
export type ApplicationAssignmentDocument = z.infer<
  typeof applicationAssignmentDocumentSchema
>;
/** Who has or will have what, where. */
export type AccountAssignmentDocument = z.infer<
  typeof accountAssignmentDocumentSchema
>;
/** What is kept true. */
export type ScopeDocument = z.infer<typeof scopeDocumentSchema>;

/** A permission set as AWS holds it: see PermissionSetDocument in clouds/. */
export { permissionSetContentSchema as permissionSetDocumentSchema } from 'backstage-plugin-aws-access-common';

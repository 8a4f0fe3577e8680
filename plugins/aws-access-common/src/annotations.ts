/**
 * On a Resource, Component or System: the AWS account it stands for or runs in.
 * For display; it never decides who approves unless its source is trusted by
 * the configuration (security rule 7).
 *
 * @public
 */
export const ANNOTATION_ACCOUNT_ID = 'aws-access/account-id';

/**
 * On a Group: comma-separated names of Entra groups that carry this team's
 * access. For display only; an annotation never adopts (security rule 18).
 *
 * @public
 */
export const ANNOTATION_ACCESS_GROUPS = 'aws-access/access-groups';

/**
 * On a Group: comma-separated refs of the people who answer for it. Only these
 * are its owners for approvals, never its mere members (security rule 6).
 *
 * @public
 */
export const ANNOTATION_LEADS = 'aws-access/leads';

/**
 * On a User: the object id of the person in Microsoft Entra ID, as written by
 * Backstage's Microsoft Graph org provider.
 *
 * @public
 */
export const ANNOTATION_ENTRA_USER_ID = 'graph.microsoft.com/user-id';

import { AccountAssignment, AwsReads } from '../../clouds/AwsCloud';
import { collectPages } from '../../clouds/collectPages';
import { unlessMissing } from '../../clouds/unlessMissing';

/**
 * Whether AWS lists exactly this assignment. With the permission set or the
 * account, the assignment is gone.
 */
export async function isAssigned(
  aws: AwsReads,
  assignment: AccountAssignment,
): Promise<boolean> {
  const listed = await unlessMissing(() =>
    collectPages(
      aws.listAssignments(assignment.accountId, assignment.permissionSetArn),
    ),
  );
  return (listed ?? []).some(
    candidate =>
      candidate.principalType === assignment.principalType &&
      candidate.principalId === assignment.principalId,
  );
}

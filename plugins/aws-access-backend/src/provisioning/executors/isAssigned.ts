import { AccountAssignment, AwsReads } from '../../clouds/AwsCloud';

/** Whether AWS lists exactly this assignment. */
export async function isAssigned(
  aws: AwsReads,
  assignment: AccountAssignment,
): Promise<boolean> {
  const pages = aws.listAssignments(
    assignment.accountId,
    assignment.permissionSetArn,
  );
  for await (const page of pages) {
    const found = page.some(
      candidate =>
        candidate.principalType === assignment.principalType &&
        candidate.principalId === assignment.principalId,
    );
    if (found) return true;
  }
  return false;
}

import { AccountAssignment } from '../../clouds/AwsCloud';
import { deletePermissionSetWrite } from '../../clouds/awsWrites';
import { collectPages } from '../../clouds/collectPages';
import { unlessMissing } from '../../clouds/unlessMissing';
import {
  inputOf,
  StepContext,
  StepExecutor,
  StepOutcome,
} from '../running/StepExecutor';
import { isApprovedRemoval } from '../running/whyLeft';
import { findPermissionSetByName } from './findPermissionSetByName';
import { removeObject } from './removeObject';
import { wasGone } from './wasGone';

/**
 * The permission set that this product made is deleted, once nobody has it: AWS
 * deletes none that is assigned, and neither does this product take it from
 * anybody here.
 */
export const removePermissionSet: StepExecutor = async context => {
  const { arn, madeByStepId, name } = inputOf(context, 'removePermissionSet');
  const { aws } = context.clouds;
  return removeObject(context, {
    leaving: {
      // The creation's answer may have been lost; the key stays the one on record.
      object: { kind: 'permissionSet', arn, stepId: madeByStepId, name },
      name: `The permission set ${name}`,
      permissionSetName: name,
    },
    find: () => find(context),
    stillShown: `AWS still shows the permission set ${name}`,
    mayArrive: `AWS may still show the permission set ${name}`,
    whyNotNow: found => whyInUse(context, found),
    before: found => aws.describePermissionSet(found),
    write: deletePermissionSetWrite,
    send: (seal, found) => aws.deletePermissionSet(seal, found),
  });
};

/** The set's ARN, as long as AWS shows it; one of a lost answer by its marks. */
async function find(context: StepContext): Promise<string | undefined> {
  const { arn, madeByStepId, name } = inputOf(context, 'removePermissionSet');
  const { clouds, stores } = context;
  const candidate = arn ?? (await findPermissionSetByName(context, name));
  if (!candidate) return undefined;
  const marks = await unlessMissing(() =>
    clouds.aws.getPermissionSetMarks(candidate),
  );
  if (marks === undefined) return undefined;
  // An ARN is never given twice; a name proves nothing.
  const isIt =
    arn !== null ||
    (marks?.stepId === madeByStepId &&
      marks?.installation === (await stores.installation.getId()));
  return isIt ? candidate : undefined;
}

/** What is done while somebody has the set; undefined = nobody has it. */
async function whyInUse(
  context: StepContext,
  arn: string,
): Promise<StepOutcome | undefined> {
  const { name } = inputOf(context, 'removePermissionSet');
  const { clouds, pace, step, stores } = context;
  const accountIds = await collectPages(
    clouds.aws.listAccountIdsWithPermissionSet(arn),
  );
  if (accountIds.length === 0) return undefined;
  const assignments: AccountAssignment[] = [];
  for (const accountId of accountIds) {
    assignments.push(
      ...(await collectPages(clouds.aws.listAssignments(accountId, arn))),
    );
  }
  const others = isApprovedRemoval(context)
    ? assignments
    : await notRemovedHere(context, assignments);
  // Others may have lost it a moment ago: it is kept for those who stay.
  const mayLag =
    !isApprovedRemoval(context) &&
    Date.parse(await stores.now()) - Date.parse(step.startedAt!) <
      pace.settleMs;
  if (others.length === 0 || mayLag) {
    return {
      kind: 'waiting',
      detail: `AWS still shows ${name} in account ${accountIds[0]}`,
      retryInMs: pace.operationMs,
    };
  }
  const where = `it is still assigned in account ${others[0].accountId}`;
  // At the end of a lease nothing is taken from others for it.
  return isApprovedRemoval(context)
    ? {
        kind: 'waiting',
        detail: `The permission set ${name} cannot be deleted yet: ${where}. It goes as soon as nobody has it.`,
        retryInMs: pace.scimMs,
      }
    : {
        kind: 'skipped',
        detail: `The permission set ${name} is kept, because ${where}`,
      };
}

/** Assignments but for those that this request took away and AWS shows a while longer. */
async function notRemovedHere(
  { pace, stores, step }: StepContext,
  assignments: AccountAssignment[],
): Promise<AccountAssignment[]> {
  const leases = await stores.leases.listOfRequest(step.requestId);
  const now = await stores.now();
  const removed = new Set(
    leases
      .filter(lease => lease.removedAt !== null && !wasGone(lease, now, pace))
      .map(({ objectKey }) => objectKey),
  );
  return assignments.filter(
    ({ accountId, permissionSetArn, principalId }) =>
      !removed.has(
        `assignment/${accountId}/${permissionSetArn}/${principalId}`,
      ) &&
      !removed.has(
        `userAssignment/${accountId}/${permissionSetArn}/${principalId}`,
      ),
  );
}

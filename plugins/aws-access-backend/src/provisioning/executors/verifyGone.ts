import { patience } from '../ProvisioningPace';
import { StepContext, StepExecutor } from '../running/StepExecutor';
import { StepInputs } from '../steps/stepInputs';
import { AwsReads } from '../../clouds/AwsCloud';
import { LeaseRow, leaseObjectKey } from '../../leases/LeaseStore';
import { ListedAssignments } from '../running/ListedAssignments';
import { concludeLeftovers } from './concludeLeftovers';
import { assignmentOf, findRemains } from './findRemains';
import { findStillInAws } from './findStillInAws';
import { FEW } from './followAmongMany';
import { waitForScim } from './waitForScim';
import { wasGone } from './wasGone';

/** "Revoked" is not "gone": both clouds show that what was removed is not there. */
export const verifyGone: StepExecutor = async context => {
  const { clouds, pace, step, stores } = context;
  const leases = await stores.leases.listOfRequest(step.requestId);
  const removed = leases.filter(lease => lease.removedAt !== null);
  const madeAgain: string[] = [];
  const isMany = removed.length > FEW;
  const begunAt = performance.now();
  for (const lease of removed) {
    if (isMany && (await isListedGone(clouds.aws, lease, begunAt))) continue;
    const remains = await findRemains(clouds.aws, clouds.entra, lease);
    // Somebody else may have got it since, for reasons of their own.
    const isWanted =
      remains !== undefined &&
      (await stores.leases.isWantedByOthers(
        step.organizationId,
        lease.objectKey,
        step.requestId,
      ));
    if (remains && !isWanted) {
      const isOld = wasGone(lease, await stores.now(), pace);
      // Another request saw it gone, perhaps long before this one's end.
      if (isOld && lease.takenByRequestId) {
        madeAgain.push(remains);
        continue;
      }
      return isOld
        ? {
            kind: 'waiting',
            detail: `After ${remains} was removed, somebody made it again outside this product, which does not take away what others made. Remove it there, or have it adopted by a request; this one ends then by itself.`,
            retryInMs: patience(pace, step.attempts),
          }
        : {
            kind: 'waiting',
            detail: `Waiting until ${remains} is not shown any more`,
            retryInMs: pace.operationMs,
          };
    }
  }
  const unclear = await concludeLeftovers(context, leases);
  if (unclear) {
    return { kind: 'waiting', detail: unclear, retryInMs: pace.operationMs };
  }
  const still = await findStillInAws(context, await whoLeft(context, removed));
  if (still) return waitForScim(context, still);
  const groupGone = removed.some(lease => lease.object.kind === 'accessGroup');
  return {
    kind: 'done',
    detail: [
      removed.length > 0
        ? `Checked in AWS and Entra: the access is gone${exceptions(madeAgain)}`
        : 'Nothing of it had to be removed',
      ...(groupGone
        ? [
            "the group's copy in IAM Identity Center leaves with the next SCIM cycle and grants nothing any more",
          ]
        : []),
    ].join('; '),
  };
};

/** Whether a list that began with this look does not have the assignment. */
async function isListedGone(
  aws: AwsReads,
  { object }: LeaseRow,
  begunAt: number,
): Promise<boolean> {
  const assignment = assignmentOf(object);
  if (!assignment) return false;
  const listed = ListedAssignments.of(aws);
  return (await listed.hasSince(assignment, begunAt)) === false;
}

/** Whom the request took out of groups, and whom nobody else wants there. */
async function whoLeft(
  { stores, step, steps }: StepContext,
  removed: LeaseRow[],
): Promise<Array<StepInputs['removeMembers']>> {
  const gone = new Set<string>();
  for (const { object, objectKey } of removed) {
    const isWanted =
      object.kind === 'membership' &&
      (await stores.leases.isWantedByOthers(
        step.organizationId,
        objectKey,
        step.requestId,
      ));
    if (!isWanted) gone.add(objectKey);
  }
  return steps
    .filter(
      ({ kind, phase }) => kind === 'removeMembers' && phase === 'removal',
    )
    .map(({ input }) => input as unknown as StepInputs['removeMembers'])
    .map(left => ({
      ...left,
      members: left.members.filter(({ entraUserId }) =>
        gone.has(
          leaseObjectKey({
            kind: 'membership',
            entraGroupId: left.entraGroupId,
            entraUserId,
          }),
        ),
      ),
    }));
}

function exceptions(madeAgain: string[]): string {
  return madeAgain.length === 0
    ? ''
    : `, but for ${madeAgain.join(
        ', ',
      )}: somebody made it again outside this product after another request had taken it away`;
}

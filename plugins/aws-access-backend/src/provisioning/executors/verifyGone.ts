import { EntraReads } from '../../clouds/EntraCloud';
import { AwsReads } from '../../clouds/AwsCloud';
import { LeaseRow } from '../../leases/LeaseStore';
import { unlessMissing } from '../../clouds/unlessMissing';
import { collectPages } from '../../clouds/collectPages';
import { StepExecutor } from '../StepExecutor';
import { isAssigned } from './isAssigned';

/** "Revoked" is not "gone": both clouds show that what was removed is not there. */
export const verifyGone: StepExecutor = async ({
  clouds,
  pace,
  step,
  stores,
}) => {
  const leases = await stores.leases.listOfRequest(step.requestId);
  const removed = leases.filter(lease => lease.removedAt !== null);
  for (const lease of removed) {
    const remains = await findRemains(clouds.aws, clouds.entra, lease);
    if (remains) {
      return {
        kind: 'waiting',
        detail: `Waiting until ${remains} is not shown any more`,
        retryInMs: pace.operationMs,
      };
    }
  }
  const groupGone = removed.some(lease => lease.object.kind === 'accessGroup');
  return {
    kind: 'done',
    detail: [
      removed.length > 0
        ? 'Checked in AWS and Entra: the access is gone'
        : 'Nothing of it had to be removed',
      ...(groupGone
        ? [
            "the group's copy in IAM Identity Center leaves with the next SCIM cycle and grants nothing any more",
          ]
        : []),
    ].join('; '),
  };
};

async function findRemains(
  aws: AwsReads,
  entra: EntraReads,
  { object }: LeaseRow,
): Promise<string | undefined> {
  switch (object.kind) {
    case 'userAssignment':
    case 'accountAssignment': {
      const assigned = await isAssigned(aws, {
        accountId: object.accountId,
        permissionSetArn: object.permissionSetArn,
        ...(object.kind === 'userAssignment'
          ? { principalType: 'USER', principalId: object.storeUserId }
          : { principalType: 'GROUP', principalId: object.storeGroupId }),
      });
      return assigned
        ? `the assignment in account ${object.accountId}`
        : undefined;
    }
    case 'accessGroup': {
      const group = object.entraGroupId
        ? await entra.getGroup(object.entraGroupId)
        : object.uniqueName &&
          (await entra.findGroupByUniqueName(object.uniqueName));
      return group ? `the group ${object.displayName}` : undefined;
    }
    case 'permissionSet': {
      const { arn } = object;
      const set =
        arn && (await unlessMissing(() => aws.describePermissionSet(arn)));
      return set ? `the permission set ${object.name}` : undefined;
    }
    case 'membership': {
      const members = await unlessMissing(() =>
        collectPages(entra.listMembers(object.entraGroupId)),
      );
      return members?.some(member => member.userId === object.entraUserId)
        ? 'a membership'
        : undefined;
    }
    default: {
      const found = await unlessMissing(() =>
        entra.findApplicationAssignment(object.entraGroupId),
      );
      return found ? 'the group in the enterprise application' : undefined;
    }
  }
}

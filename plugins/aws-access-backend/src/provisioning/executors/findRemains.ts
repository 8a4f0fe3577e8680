import { EntraReads } from '../../clouds/EntraCloud';
import { AccountAssignment, AwsReads } from '../../clouds/AwsCloud';
import { LeaseObject, LeaseRow } from '../../leases/LeaseStore';
import { unlessMissing } from '../../clouds/unlessMissing';
import { collectPages } from '../../clouds/collectPages';
import { isAssigned } from './isAssigned';

/** What the clouds still show of a lease's object, in words; undefined = it is gone. */
export async function findRemains(
  aws: AwsReads,
  entra: EntraReads,
  { object }: LeaseRow,
): Promise<string | undefined> {
  switch (object.kind) {
    case 'userAssignment':
    case 'accountAssignment': {
      const assigned = await isAssigned(aws, assignmentOf(object)!);
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

/** The assignment that the object is; undefined = it is none. */
export function assignmentOf(
  object: LeaseObject,
): AccountAssignment | undefined {
  switch (object.kind) {
    case 'userAssignment':
      return {
        accountId: object.accountId,
        permissionSetArn: object.permissionSetArn,
        principalType: 'USER',
        principalId: object.storeUserId,
      };
    case 'accountAssignment':
      return {
        accountId: object.accountId,
        permissionSetArn: object.permissionSetArn,
        principalType: 'GROUP',
        principalId: object.storeGroupId,
      };
    default:
      return undefined;
  }
}

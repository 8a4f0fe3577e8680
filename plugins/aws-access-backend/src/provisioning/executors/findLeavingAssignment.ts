import { AwsReads } from '../../clouds/AwsCloud';
import { AssignmentTarget, LeavingPrincipal } from '../steps/stepInputs';
import { knownAssignment, KnownAssignment } from './resolveAssignment';

/**
 * Looks up whom an assignment is taken away from: by the Entra id that SCIM
 * wrote, because names prove nothing (security rule 13). Undefined = AWS does not
 * know them, so nothing can be assigned to them.
 */
export async function findLeavingAssignment(
  aws: AwsReads,
  target: AssignmentTarget & { principal: LeavingPrincipal },
): Promise<KnownAssignment | undefined> {
  const { accountId, permissionSetArn, principal } = target;
  const place = { accountId, permissionSetArn };
  if (principal.kind === 'person') {
    const { entraUserId } = principal;
    const storeUserId =
      principal.storeUserId ??
      (await aws.findStoreUserByExternalId(entraUserId))?.userId;
    return storeUserId === undefined
      ? undefined
      : knownAssignment(place, { entraUserId, storeUserId });
  }
  const { entraGroupId } = principal;
  const storeGroupId =
    principal.storeGroupId ??
    (await aws.findStoreGroupByExternalId(entraGroupId))?.groupId;
  return storeGroupId === undefined
    ? undefined
    : knownAssignment(place, { entraGroupId, storeGroupId });
}

import { AccountAssignment } from '../../clouds/AwsCloud';
import { LeaseObject } from '../../leases/LeaseStore';
import {
  entraGroupIdOf,
  permissionSetArnOf,
  StepContext,
  storeGroupIdOf,
  storeUserIdOf,
} from '../running/StepExecutor';
import { AssignmentTarget, StepPrincipal } from '../steps/stepInputs';

/** An assignment, as AWS and as leases know it. */
export interface KnownAssignment {
  assignment: AccountAssignment;
  object: LeaseObject;
}

/** An assignment of the plan, by the ids that earlier steps have found. */
export function resolveAssignment(
  context: StepContext,
  target: AssignmentTarget & { principal: StepPrincipal },
): KnownAssignment {
  const { accountId, principal } = target;
  const place = {
    accountId,
    permissionSetArn: permissionSetArnOf(context, target.permissionSetArn),
  };
  if (principal.kind === 'person') {
    const { entraUserId } = principal;
    return knownAssignment(place, {
      entraUserId,
      storeUserId: storeUserIdOf(context, entraUserId),
    });
  }
  return knownAssignment(place, {
    entraGroupId: entraGroupIdOf(context, principal.groupKey),
    storeGroupId: storeGroupIdOf(context, principal.groupKey),
  });
}

/** The assignment of a person or of a group, by their ids in both clouds. */
export function knownAssignment(
  place: Pick<AccountAssignment, 'accountId' | 'permissionSetArn'>,
  ids:
    | { entraUserId: string; storeUserId: string }
    | { entraGroupId: string; storeGroupId: string },
): KnownAssignment {
  return 'storeUserId' in ids
    ? {
        assignment: {
          ...place,
          principalType: 'USER',
          principalId: ids.storeUserId,
        },
        object: { kind: 'userAssignment', ...place, ...ids },
      }
    : {
        assignment: {
          ...place,
          principalType: 'GROUP',
          principalId: ids.storeGroupId,
        },
        object: { kind: 'accountAssignment', ...place, ...ids },
      };
}

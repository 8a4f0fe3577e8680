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
  const permissionSetArn = permissionSetArnOf(context, target.permissionSetArn);
  if (principal.kind === 'person') {
    const { entraUserId } = principal;
    const storeUserId = storeUserIdOf(context, entraUserId);
    return {
      assignment: {
        accountId,
        permissionSetArn,
        principalType: 'USER',
        principalId: storeUserId,
      },
      object: {
        kind: 'userAssignment',
        accountId,
        permissionSetArn,
        entraUserId,
        storeUserId,
      },
    };
  }
  const storeGroupId = storeGroupIdOf(context, principal.groupKey);
  return {
    assignment: {
      accountId,
      permissionSetArn,
      principalType: 'GROUP',
      principalId: storeGroupId,
    },
    object: {
      kind: 'accountAssignment',
      accountId,
      permissionSetArn,
      entraGroupId: entraGroupIdOf(context, principal.groupKey),
      storeGroupId,
    },
  };
}

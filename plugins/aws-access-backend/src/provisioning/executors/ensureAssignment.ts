import { createAccountAssignmentWrite } from '../../clouds/awsWrites';
import { LeaseObject, leaseObjectKey } from '../../leases/LeaseStore';
import { concludeIntents } from '../concludeIntents';
import { openIntentsOf } from '../openIntentsOf';
import { recordIntents, recordLeases } from '../recordIntents';
import { sendWrite } from '../sendWrite';
import {
  entraGroupIdOf,
  inputOf,
  StepExecutor,
  storeGroupIdOf,
} from '../StepExecutor';
import { followOperation } from './followOperation';
import { isAssigned } from './isAssigned';

/**
 * The group has the permission set in the account. AWS works on it by itself
 * after the call: its request id is on record, so that it can be asked after a
 * crash, and nobody waits in the loop meanwhile.
 */
export const ensureAssignment: StepExecutor = async context => {
  const input = inputOf(context, 'ensureAssignment');
  const { clouds, config, pace } = context;
  const storeGroupId = storeGroupIdOf(context, input.groupKey);
  const assignment = {
    accountId: input.accountId,
    permissionSetArn: input.permissionSetArn,
    principalType: 'GROUP' as const,
    principalId: storeGroupId,
  };
  const object: LeaseObject = {
    kind: 'accountAssignment',
    accountId: input.accountId,
    permissionSetArn: input.permissionSetArn,
    entraGroupId: entraGroupIdOf(context, input.groupKey),
    storeGroupId,
  };
  const write = createAccountAssignmentWrite(assignment);

  const [open] = await openIntentsOf(context);
  if (open) {
    const running = await followOperation(context, 'create', open);
    if (running) return running;
  }
  if (await isAssigned(clouds.aws, assignment)) {
    if (open) {
      await concludeIntents(context, [{ intent: open, state: 'confirmed' }]);
    } else {
      await recordLeases(context, [object]);
    }
    return { kind: 'done' };
  }
  if (open?.settling) {
    return {
      kind: 'waiting',
      detail: 'AWS reports success and does not list the assignment yet',
      retryInMs: pace.operationMs,
    };
  }

  const [intentId] = await recordIntents(context, {
    writes: [{ objectKey: leaseObjectKey(object), write, before: null }],
    leases: [object],
    outstanding: {
      operation: write.operation,
      limit: config.limits.outstandingAssignments,
      detail: `AWS works on ${config.limits.outstandingAssignments} assignments at once; this one waits for a place`,
    },
  });
  await sendWrite(
    context,
    intentId,
    write,
    seal => clouds.aws.createAccountAssignment(seal, assignment),
    operation => ({ awsRequestId: operation.requestId }),
  );
  return {
    kind: 'waiting',
    detail: 'AWS works on it',
    retryInMs: pace.operationMs,
  };
};

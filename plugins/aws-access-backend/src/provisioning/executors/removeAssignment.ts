import { deleteAccountAssignmentWrite } from '../../clouds/awsWrites';
import { leaseObjectKey } from '../../leases/LeaseStore';
import { concludeIntents } from '../concludeIntents';
import { openIntentsOf } from '../openIntentsOf';
import { recordIntents } from '../recordIntents';
import { sendWrite } from '../sendWrite';
import { inputOf, StepContext, StepExecutor } from '../StepExecutor';
import { whyKept } from '../whyKept';
import { followOperation, hasUnknownOperation } from './followOperation';
import { isAssigned } from './isAssigned';

/** The group does not have the permission set in the account any more. */
export const removeAssignment: StepExecutor = async context => {
  const input = inputOf(context, 'removeAssignment');
  const { clouds, pace, step, stores } = context;
  const objectKey = leaseObjectKey({
    kind: 'accountAssignment',
    accountId: input.accountId,
    permissionSetArn: input.permissionSetArn,
    entraGroupId: input.entraGroupId,
    storeGroupId: input.storeGroupId,
  });
  const assignment = {
    accountId: input.accountId,
    permissionSetArn: input.permissionSetArn,
    principalType: 'GROUP' as const,
    principalId: input.storeGroupId,
  };

  const [open] = await openIntentsOf(context);
  if (open) {
    const running = await followOperation(context, 'delete', open);
    if (running) return running;
  }
  const kept = await whyKept(stores, {
    organizationId: step.organizationId,
    requestId: step.requestId,
    objectKey,
  });
  if (kept) {
    return {
      kind: 'skipped',
      detail: `${input.permissionSetName} in ${input.accountName} is ${kept}`,
    };
  }
  if (await creationMayArrive(context, objectKey)) {
    return {
      kind: 'waiting',
      detail: 'AWS may still be making the assignment',
      retryInMs: pace.operationMs,
    };
  }
  if (!(await isAssigned(clouds.aws, assignment))) {
    if (open) {
      await concludeIntents(context, [
        { intent: open, state: 'confirmed', removed: true },
      ]);
    } else {
      await stores.leases.markRemoved(step.requestId, objectKey);
    }
    return { kind: 'done' };
  }
  if (open?.settling) {
    return {
      kind: 'waiting',
      detail: 'AWS reports success and still lists the assignment',
      retryInMs: pace.operationMs,
    };
  }

  const write = deleteAccountAssignmentWrite(assignment);
  const [intentId] = await recordIntents(context, {
    writes: [{ objectKey, write, before: assignment }],
  });
  await sendWrite(
    context,
    intentId,
    write,
    seal => clouds.aws.deleteAccountAssignment(seal, assignment),
    operation => ({ awsRequestId: operation.requestId }),
  );
  return {
    kind: 'waiting',
    detail: 'AWS works on it',
    retryInMs: pace.operationMs,
  };
};

/**
 * A creation whose outcome is unknown may be under way: an absent assignment
 * could appear after it was looked for.
 */
async function creationMayArrive(
  context: StepContext,
  objectKey: string,
): Promise<boolean> {
  const { stores, step, clouds } = context;
  const history = await stores.provisioning.intents.listOfObject(
    step.organizationId,
    objectKey,
  );
  const unknown = history.find(
    intent => intent.phase === 'grant' && intent.state === 'intended',
  );
  if (!unknown) return false;
  const awsRequestId = unknown.result?.awsRequestId;
  if (typeof awsRequestId === 'string') {
    const operation = await clouds.aws.getAssignmentOperation(
      'create',
      awsRequestId,
    );
    return operation?.status === 'IN_PROGRESS';
  }
  return hasUnknownOperation(context, 'create', unknown);
}

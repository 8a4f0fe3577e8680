import { createAccountAssignmentWrite } from '../../clouds/awsWrites';
import { LeaseObject, leaseObjectKey } from '../../leases/LeaseStore';
import { concludeIntents } from '../running/concludeIntents';
import { openIntentsOf } from '../running/openIntentsOf';
import { recordIntents, recordLeases } from '../running/recordIntents';
import { sendWrite } from '../running/sendWrite';
import { inputOf, StepContext, StepExecutor } from '../running/StepExecutor';
import { StepFailedError } from '../running/StepFailedError';
import { assignmentLabel } from '../steps/wordsOfSteps';
import { provesOurs } from '../running/writeEffect';
import {
  followAmongMany,
  isAssignedBefore,
  isOneOfMany,
} from './followAmongMany';
import { followOperation } from './followOperation';
import { isAssigned } from './isAssigned';
import { resolveAssignment } from './resolveAssignment';

/**
 * The group, or for an elevation the person, has the permission set in the
 * account. AWS works on it by itself after the call: its request id is on record,
 * so that it can be asked after a crash, and nobody waits in the loop meanwhile.
 */
export const ensureAssignment: StepExecutor = async context => {
  const input = inputOf(context, 'ensureAssignment');
  const { clouds, config, pace } = context;
  const { assignment, object } = resolveAssignment(context, input);
  const sets = await leaseOfSet(context, assignment.permissionSetArn);
  const leases = [object, ...sets];
  const write = createAccountAssignmentWrite(assignment);

  const [open] = await openIntentsOf(context);
  if (open) {
    const followed = await followAmongMany(context, assignment, open);
    if (followed?.kind === 'done') {
      await concludeIntents(context, [{ intent: open, state: 'confirmed' }]);
    }
    if (followed) return followed;
    const running = await followOperation(context, 'create', open);
    if (running) return running;
  }
  const isThere =
    open || input.isThere
      ? await isAssigned(clouds.aws, assignment)
      : await isAssignedBefore(context, assignment);
  if (isThere) {
    if (open) {
      await concludeIntents(context, [{ intent: open, state: 'confirmed' }]);
    } else {
      await recordLeases(context, [object], sets);
    }
    return { kind: 'done' };
  }
  if (input.isThere) {
    throw new StepFailedError(
      `${assignmentLabel(
        input,
      )} was taken away after the plan was approved. Nobody has agreed to give it again: give the request back and ask again.`,
    );
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
    leases,
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
    // One list tells of all of many, so that it may be asked more often.
    retryInMs: pace.operationMs / (isOneOfMany(context) ? 2 : 1),
  };
};

/**
 * A permission set that this product made goes when nothing needs it any more,
 * and this assignment does.
 */
async function leaseOfSet(
  context: StepContext,
  arn: string,
): Promise<LeaseObject[]> {
  const { stores, step } = context;
  const { permissionSetName } = inputOf(context, 'ensureAssignment');
  const set: LeaseObject = {
    kind: 'permissionSet',
    arn,
    stepId: null,
    name: permissionSetName,
  };
  const intents = await stores.provisioning.intents.listOfObject(
    step.organizationId,
    leaseObjectKey(set),
  );
  return provesOurs(intents) ? [set] : [];
}

import { AccountAssignment } from '../../clouds/AwsCloud';
import { createAccountAssignmentWrite } from '../../clouds/awsWrites';
import { LeaseObject, leaseObjectKey } from '../../leases/LeaseStore';
import { concludeIntents } from '../running/concludeIntents';
import { openIntentsOf } from '../running/openIntentsOf';
import { recordIntents, recordLeases } from '../running/recordIntents';
import { sendWrite } from '../running/sendWrite';
import { principalOf } from '../running/ListedAssignments';
import {
  inputOf,
  StepContext,
  StepExecutor,
  StepOutcome,
} from '../running/StepExecutor';
import { IntentRow } from '../stores/IntentStore';
import { StepFailedError } from '../running/StepFailedError';
import { assignmentLabel } from '../steps/wordsOfSteps';
import { findOwnSets } from '../running/findOwnSets';
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
  const { clouds, config, creations, pace, step } = context;
  const { assignment, object } = resolveAssignment(context, input);
  const write = createAccountAssignmentWrite(assignment);

  const [open] = await openIntentsOf(context);
  if (open) {
    const followed = await follow(context, assignment, open);
    if (followed) return followed;
  }
  if (input.isThere) {
    if (!(await isAssigned(clouds.aws, assignment))) {
      throw new StepFailedError(
        `${assignmentLabel(
          input,
        )} was taken away after the plan was approved. Nobody has agreed to give it again: give the request back and ask again.`,
      );
    }
    await recordLeases(
      context,
      [object],
      await leaseOfSet(context, assignment.permissionSetArn),
    );
    return { kind: 'done' };
  }

  // Everything else is ready: the place is filled at once when it is free.
  await creations.places.take(step);
  let intentId: string | undefined;
  try {
    const sets = await leaseOfSet(context, assignment.permissionSetArn);
    if (!open && (await isAssignedBefore(context, assignment))) {
      await recordLeases(context, [object], sets);
      return { kind: 'done' };
    }
    [intentId] = await recordIntents(context, {
      writes: [{ objectKey: leaseObjectKey(object), write, before: null }],
      leases: [object, ...sets],
      outstanding: {
        operation: write.operation,
        limit: config.limits.outstandingAssignments,
        detail: `AWS works on ${config.limits.outstandingAssignments} assignments at once; this one waits for a place`,
      },
    });
  } finally {
    if (!intentId) creations.places.giveBack(step.id);
  }
  const { requestId: awsRequestId } = await sendWrite(
    context,
    intentId,
    write,
    seal => clouds.aws.createAccountAssignment(seal, assignment),
    operation => ({ awsRequestId: operation.requestId }),
  );
  creations.watch.add({
    intentId,
    stepId: step.id,
    result: { answered: true, awsRequestId },
    step,
    ...(isOneOfMany(context) && { sharesListsOf: principalOf(assignment) }),
  });
  return {
    kind: 'waiting',
    detail: 'AWS works on it',
    retryInMs: pace.operationMs,
  };
};

/** What became of a creation that was sent; undefined: it did not happen. */
async function follow(
  context: StepContext,
  assignment: AccountAssignment,
  open: IntentRow & { settling: boolean },
): Promise<StepOutcome | undefined> {
  const { aws } = context.clouds;
  const followed = await followAmongMany(context, assignment, open);
  if (followed && followed.kind !== 'done') return followed;
  // That it is there says more than AWS's word about the operation.
  let isThere =
    followed !== undefined ||
    (open.result?.isOver === true && (await isAssigned(aws, assignment)));
  if (!isThere) {
    const running = await followOperation(
      context,
      'create',
      open,
      // What fails the first time has made nothing; whose it is then is not known.
      open.attempt > 1 ? () => isAssigned(aws, assignment) : undefined,
    );
    if (running) return running;
    isThere = await isAssigned(aws, assignment);
  }
  if (isThere) {
    await concludeIntents(context, [{ intent: open, state: 'confirmed' }]);
    return { kind: 'done' };
  }
  return open.settling
    ? {
        kind: 'waiting',
        detail: 'AWS reports success and does not list the assignment yet',
        retryInMs: context.pace.operationMs,
      }
    : undefined;
}

/** The lease of the assignment's permission set, where it wants one. */
function leaseOfSet(
  context: StepContext,
  permissionSetArn: string,
): Promise<LeaseObject[]> {
  const { permissionSetName } = inputOf(context, 'ensureAssignment');
  return findOwnSets(context.stores, context.step.organizationId, [
    { permissionSetArn, permissionSetName },
  ]);
}

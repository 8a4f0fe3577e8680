import { deleteAccountAssignmentWrite } from '../../clouds/awsWrites';
import { unlessMissing } from '../../clouds/unlessMissing';
import { leaseObjectKey } from '../../leases/LeaseStore';
import { concludeIntents } from '../running/concludeIntents';
import { markRemoved } from '../running/markRemoved';
import { openIntentsOf } from '../running/openIntentsOf';
import { recordIntents } from '../running/recordIntents';
import { sendWrite } from '../running/sendWrite';
import { inputOf, StepContext, StepExecutor } from '../running/StepExecutor';
import { isApprovedRemoval, whyLeft } from '../running/whyLeft';
import { whyTaken } from '../running/whyTaken';
import { writeEffect } from '../running/writeEffect';
import { IntentRow } from '../stores/IntentStore';
import { findLeavingAssignment } from './findLeavingAssignment';
import { followRemovalAmongMany, isAssignedStill } from './followAmongMany';
import { followOperation, hasUnknownOperation } from './followOperation';
import { isAssigned } from './isAssigned';
import { isCreationUnderWay } from './isCreationUnderWay';

/** The group or person does not have the permission set in the account any more. */
export const removeAssignment: StepExecutor = async context => {
  const input = inputOf(context, 'removeAssignment');
  const { clouds, pace } = context;
  const name = `${input.permissionSetName} in ${input.accountName}`;
  const leaving = await findLeavingAssignment(clouds.aws, input);
  if (!leaving) {
    return { kind: 'done', detail: 'AWS does not know who had it any more' };
  }
  const { assignment, object } = leaving;
  const objectKey = leaseObjectKey(object);
  const takesAway = isApprovedRemoval(context) ? [object] : undefined;

  const [open] = await openIntentsOf(context);
  const followed =
    open && (await followRemovalAmongMany(context, assignment, open));
  if (followed && followed.kind !== 'done') return followed;
  if (open && !followed) {
    const running = await followOperation(
      context,
      'delete',
      open,
      async () => !(await isAssigned(clouds.aws, assignment)),
    );
    if (running) return running;
  }
  const left = await whyLeft(context, {
    object,
    name,
    groupName:
      input.principal.kind === 'accessGroup'
        ? input.principal.displayName
        : undefined,
    permissionSetName: input.permissionSetName,
  });
  if (left) return { kind: 'skipped', detail: left };
  const unknown = await findUnknownCreation(context, objectKey);
  if (unknown && (await isUnderWay(context, unknown))) {
    return {
      kind: 'waiting',
      detail: 'AWS may still be making the assignment',
      retryInMs: pace.operationMs,
    };
  }
  const isThere =
    !followed &&
    (open
      ? await isAssigned(clouds.aws, assignment)
      : await isAssignedStill(context, assignment));
  if (!isThere) {
    const appearing = unknown
      ? await isAbsentForMoments(context)
      : await isCreationUnderWay(context, objectKey);
    if (appearing && !(await hasSucceeded(context, open))) {
      return {
        kind: 'waiting',
        detail: 'AWS may still show the assignment',
        retryInMs: pace.operationMs,
        result: { absentSince: await absentSince(context) },
      };
    }
    if (open) {
      await concludeIntents(context, [
        { intent: open, state: 'confirmed', removed: true },
      ]);
      return { kind: 'done' };
    }
    if (takesAway) await recordIntents(context, { writes: [], takesAway });
    await markRemoved(context, [objectKey]);
    return {
      kind: 'done',
      detail: await whyTaken(context, { objectKey, name }),
    };
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
    takesAway,
  });
  const sent = await unlessMissing(() =>
    sendWrite(
      context,
      intentId,
      write,
      seal => clouds.aws.deleteAccountAssignment(seal, assignment),
      operation => ({ awsRequestId: operation.requestId }),
    ),
  );
  return sent
    ? {
        kind: 'waiting',
        detail: 'AWS works on it',
        retryInMs: pace.operationMs,
      }
    : { kind: 'lookAgain', detail: `AWS does not know ${name} any more` };
};

/** Whether AWS says that it has taken the assignment away. */
async function hasSucceeded(
  { clouds }: StepContext,
  removal: IntentRow | undefined,
): Promise<boolean> {
  const awsRequestId = removal?.result?.awsRequestId;
  if (typeof awsRequestId !== 'string') return false;
  const operation = await clouds.aws.getAssignmentOperation(
    'delete',
    awsRequestId,
  );
  return operation?.status === 'SUCCEEDED';
}

/**
 * When this removal first found nothing where a creation of unknown outcome may
 * have made something: how long AWS has been done with it, it does not say.
 */
async function absentSince({ stores, step }: StepContext): Promise<string> {
  const since = step.result?.absentSince;
  return typeof since === 'string' ? since : stores.now();
}

async function isAbsentForMoments(context: StepContext): Promise<boolean> {
  const { stores, pace } = context;
  const since = Date.parse(await absentSince(context));
  return Date.parse(await stores.now()) - since < pace.settleMs;
}

async function findUnknownCreation(
  { stores, step }: StepContext,
  objectKey: string,
): Promise<IntentRow | undefined> {
  const history = await stores.provisioning.intents.listOfObject(
    step.organizationId,
    objectKey,
  );
  return history.find(
    intent =>
      writeEffect(intent.operation) === 'creates' &&
      intent.state === 'intended',
  );
}

/**
 * A creation whose outcome is unknown may be under way: an absent assignment
 * could appear after it was looked for.
 */
async function isUnderWay(
  context: StepContext,
  creation: IntentRow,
): Promise<boolean> {
  const awsRequestId = creation.result?.awsRequestId;
  if (typeof awsRequestId !== 'string') {
    return hasUnknownOperation(context, 'create', creation);
  }
  const operation = await context.clouds.aws.getAssignmentOperation(
    'create',
    awsRequestId,
  );
  return operation?.status === 'IN_PROGRESS';
}

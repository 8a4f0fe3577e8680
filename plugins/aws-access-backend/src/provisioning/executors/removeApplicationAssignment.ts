import { removeApplicationAssignmentWrite } from '../../clouds/entraWrites';
import { unlessMissing } from '../../clouds/unlessMissing';
import { LeaseObject, leaseObjectKey } from '../../leases/LeaseStore';
import { concludeIntents } from '../running/concludeIntents';
import { markRemoved } from '../running/markRemoved';
import { openIntentsOf } from '../running/openIntentsOf';
import { recordIntents } from '../running/recordIntents';
import { sendWrite } from '../running/sendWrite';
import { inputOf, StepExecutor } from '../running/StepExecutor';
import { isApprovedRemoval, whyLeft } from '../running/whyLeft';

/** The enterprise application does not see the group any more. */
export const removeApplicationAssignment: StepExecutor = async context => {
  const { entraGroupId, groupName } = inputOf(
    context,
    'removeApplicationAssignment',
  );
  const { clouds, pace } = context;
  const object: LeaseObject = { kind: 'applicationAssignment', entraGroupId };
  const objectKey = leaseObjectKey(object);
  const takesAway = isApprovedRemoval(context) ? [object] : undefined;
  const left = await whyLeft(context, {
    object,
    name: `${groupName} in the enterprise application`,
    groupName,
  });
  if (left) return { kind: 'skipped', detail: left };

  // With the group, its assignment is gone.
  const found = await unlessMissing(() =>
    clouds.entra.findApplicationAssignment(entraGroupId),
  );
  const [open] = await openIntentsOf(context);
  if (!found) {
    if (open) {
      await concludeIntents(context, [
        { intent: open, state: 'confirmed', removed: true },
      ]);
    } else {
      if (takesAway) await recordIntents(context, { writes: [], takesAway });
      await markRemoved(context, [objectKey]);
    }
    return { kind: 'done' };
  }
  const detail = 'Entra still shows the group in the enterprise application';
  if (open?.settling) {
    return { kind: 'waiting', detail, retryInMs: pace.operationMs };
  }

  const write = removeApplicationAssignmentWrite(found.assignmentId);
  const [intentId] = await recordIntents(context, {
    writes: [{ objectKey, write, before: found }],
    takesAway,
  });
  await sendWrite(context, intentId, write, seal =>
    clouds.entra.removeApplicationAssignment(seal, found.assignmentId),
  );
  return { kind: 'lookAgain', detail };
};

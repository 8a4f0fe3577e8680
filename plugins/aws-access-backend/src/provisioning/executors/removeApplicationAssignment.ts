import { removeApplicationAssignmentWrite } from '../../clouds/entraWrites';
import { unlessMissing } from '../../clouds/unlessMissing';
import { leaseObjectKey } from '../../leases/LeaseStore';
import { concludeIntents } from '../concludeIntents';
import { openIntentsOf } from '../openIntentsOf';
import { recordIntents } from '../recordIntents';
import { sendWrite } from '../sendWrite';
import { inputOf, StepExecutor } from '../StepExecutor';
import { whyKept } from '../whyKept';

/** The enterprise application does not see the group any more. */
export const removeApplicationAssignment: StepExecutor = async context => {
  const { entraGroupId, groupName } = inputOf(
    context,
    'removeApplicationAssignment',
  );
  const { clouds, pace, step, stores } = context;
  const objectKey = leaseObjectKey({
    kind: 'applicationAssignment',
    entraGroupId,
  });
  const kept = await whyKept(stores, {
    organizationId: step.organizationId,
    requestId: step.requestId,
    objectKey,
  });
  if (kept) {
    return {
      kind: 'skipped',
      detail: `${groupName} in the enterprise application is ${kept}`,
    };
  }

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
      await stores.leases.markRemoved(step.requestId, objectKey);
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
  });
  await sendWrite(context, intentId, write, seal =>
    clouds.entra.removeApplicationAssignment(seal, found.assignmentId),
  );
  return { kind: 'lookAgain', detail };
};

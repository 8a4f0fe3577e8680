import { deleteGroupWrite } from '../../clouds/entraWrites';
import { EntraGroup } from '../../clouds/EntraCloud';
import { leaseObjectKey } from '../../leases/LeaseStore';
import { concludeIntents } from '../concludeIntents';
import { openIntentsOf } from '../openIntentsOf';
import { recordIntents } from '../recordIntents';
import { sendWrite } from '../sendWrite';
import { inputOf, StepContext, StepExecutor } from '../StepExecutor';
import { whyKept } from '../whyKept';

/** The Entra group that this product made is deleted. */
export const removeAccessGroup: StepExecutor = async context => {
  const input = inputOf(context, 'removeAccessGroup');
  const { clouds, pace, step, stores } = context;
  // The creation's answer may have been lost; the key stays the one on record.
  const objectKey = leaseObjectKey({
    kind: 'accessGroup',
    entraGroupId: input.entraGroupId,
    uniqueName: input.uniqueName,
    displayName: input.groupName,
  });
  const kept = await whyKept(stores, {
    organizationId: step.organizationId,
    requestId: step.requestId,
    objectKey,
  });
  if (kept) {
    return {
      kind: 'skipped',
      detail: `The group ${input.groupName} is ${kept}`,
    };
  }

  const group = await find(context);
  const [open] = await openIntentsOf(context);
  if (!group) {
    if (open) {
      await concludeIntents(context, [
        { intent: open, state: 'confirmed', removed: true },
      ]);
      return { kind: 'done' };
    }
    if (await creationMayArrive(context, objectKey)) {
      return {
        kind: 'waiting',
        detail: `Entra may still show the group ${input.groupName}`,
        retryInMs: pace.operationMs,
      };
    }
    await stores.leases.markRemoved(step.requestId, objectKey);
    return { kind: 'done' };
  }
  const detail = `Entra still shows the group ${input.groupName}`;
  if (open?.settling) {
    return { kind: 'waiting', detail, retryInMs: pace.operationMs };
  }

  const write = deleteGroupWrite(group.groupId);
  const [intentId] = await recordIntents(context, {
    writes: [{ objectKey, write, before: group }],
  });
  await sendWrite(context, intentId, write, seal =>
    clouds.entra.deleteGroup(seal, group.groupId),
  );
  return { kind: 'lookAgain', detail };
};

async function find(context: StepContext): Promise<EntraGroup | undefined> {
  const { entraGroupId, uniqueName } = inputOf(context, 'removeAccessGroup');
  const { entra } = context.clouds;
  if (entraGroupId) return entra.getGroup(entraGroupId);
  return uniqueName ? entra.findGroupByUniqueName(uniqueName) : undefined;
}

/** A creation of unknown outcome may be seen only after a while. */
async function creationMayArrive(
  { stores, step, pace }: StepContext,
  objectKey: string,
): Promise<boolean> {
  const history = await stores.provisioning.intents.listOfObject(
    step.organizationId,
    objectKey,
  );
  const now = Date.parse(await stores.now());
  return history.some(
    intent =>
      intent.phase === 'grant' &&
      intent.state === 'intended' &&
      now - Date.parse(intent.intendedAt) < pace.settleMs,
  );
}

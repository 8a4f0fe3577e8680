import { deleteGroupWrite } from '../../clouds/entraWrites';
import { EntraGroup } from '../../clouds/EntraCloud';
import { LeaseObject, leaseObjectKey } from '../../leases/LeaseStore';
import { concludeIntents } from '../running/concludeIntents';
import { markRemoved } from '../running/markRemoved';
import { openIntentsOf } from '../running/openIntentsOf';
import { recordIntents } from '../running/recordIntents';
import { sendWrite } from '../running/sendWrite';
import { inputOf, StepContext, StepExecutor } from '../running/StepExecutor';
import { isApprovedRemoval, whyLeft } from '../running/whyLeft';
import { isCreationUnderWay } from './isCreationUnderWay';

/** The Entra group that this product made is deleted. */
export const removeAccessGroup: StepExecutor = async context => {
  const input = inputOf(context, 'removeAccessGroup');
  const { clouds, pace } = context;
  // The creation's answer may have been lost; the key stays the one on record.
  const object: LeaseObject = {
    kind: 'accessGroup',
    entraGroupId: input.entraGroupId,
    uniqueName: input.uniqueName,
    displayName: input.groupName,
  };
  const objectKey = leaseObjectKey(object);
  const takesAway = isApprovedRemoval(context) ? [object] : undefined;
  const left = await whyLeft(context, {
    object,
    name: `The group ${input.groupName}`,
    groupName: input.groupName,
    isThere: async () => (await find(context)) !== undefined,
  });
  if (left) return { kind: 'skipped', detail: left };

  const group = await find(context);
  const [open] = await openIntentsOf(context);
  if (!group) {
    if (open) {
      await concludeIntents(context, [
        { intent: open, state: 'confirmed', removed: true },
      ]);
      return { kind: 'done' };
    }
    if (await isCreationUnderWay(context, objectKey)) {
      return {
        kind: 'waiting',
        detail: `Entra may still show the group ${input.groupName}`,
        retryInMs: pace.operationMs,
      };
    }
    if (takesAway) await recordIntents(context, { writes: [], takesAway });
    await markRemoved(context, [objectKey]);
    return { kind: 'done' };
  }
  const detail = `Entra still shows the group ${input.groupName}`;
  if (open?.settling) {
    return { kind: 'waiting', detail, retryInMs: pace.operationMs };
  }

  const write = deleteGroupWrite(group.groupId);
  const [intentId] = await recordIntents(context, {
    writes: [{ objectKey, write, before: group }],
    takesAway,
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

import { deleteGroupWrite } from '../../clouds/entraWrites';
import { EntraGroup } from '../../clouds/EntraCloud';
import { inputOf, StepContext, StepExecutor } from '../running/StepExecutor';
import { removeObject } from './removeObject';

/** The Entra group that this product made is deleted. */
export const removeAccessGroup: StepExecutor = async context => {
  const { entraGroupId, groupName, uniqueName } = inputOf(
    context,
    'removeAccessGroup',
  );
  const { entra } = context.clouds;
  return removeObject(context, {
    leaving: {
      // The creation's answer may have been lost; the key stays the one on record.
      object: {
        kind: 'accessGroup',
        entraGroupId,
        uniqueName,
        displayName: groupName,
      },
      name: `The group ${groupName}`,
      groupName,
    },
    find: () => find(context),
    stillShown: `Entra still shows the group ${groupName}`,
    mayArrive: `Entra may still show the group ${groupName}`,
    before: async group => group,
    write: group => deleteGroupWrite(group.groupId),
    send: (seal, group) => entra.deleteGroup(seal, group.groupId),
  });
};

async function find(context: StepContext): Promise<EntraGroup | undefined> {
  const { entraGroupId, uniqueName } = inputOf(context, 'removeAccessGroup');
  const { entra } = context.clouds;
  if (entraGroupId) return entra.getGroup(entraGroupId);
  return uniqueName ? entra.findGroupByUniqueName(uniqueName) : undefined;
}

import { removeApplicationAssignmentWrite } from '../../clouds/entraWrites';
import { unlessMissing } from '../../clouds/unlessMissing';
import { inputOf, StepExecutor } from '../running/StepExecutor';
import { removeObject } from './removeObject';

/** The enterprise application does not see the group any more. */
export const removeApplicationAssignment: StepExecutor = async context => {
  const { entraGroupId, groupName } = inputOf(
    context,
    'removeApplicationAssignment',
  );
  const { entra } = context.clouds;
  return removeObject(context, {
    leaving: {
      object: { kind: 'applicationAssignment', entraGroupId },
      name: `${groupName} in the enterprise application`,
      groupName,
    },
    // With the group, its assignment is gone.
    find: () =>
      unlessMissing(() => entra.findApplicationAssignment(entraGroupId)),
    stillShown: 'Entra still shows the group in the enterprise application',
    mayArrive: 'Entra may still show the group in the enterprise application',
    before: async found => found,
    write: found => removeApplicationAssignmentWrite(found.assignmentId),
    send: (seal, found) =>
      entra.removeApplicationAssignment(seal, found.assignmentId),
  });
};

import { EntraReads } from '../../clouds/EntraCloud';
import { countOtherOwners } from '../../clouds/countOtherOwners';
import { whyUnusable } from '../../clouds/whyUnusable';
import { StepFailedError } from '../running/StepFailedError';

/**
 * The group exists and can carry access at this moment (security rule 15): who
 * owns it adds members without anybody's approval, people of groups in it never
 * reach AWS, and its kind may let others decide who is in it.
 *
 * @throws StepFailedError that says why it cannot
 */
export async function requireUsableGroup(
  entra: EntraReads,
  entraGroupId: string,
) {
  const group = await entra.getGroup(entraGroupId);
  if (!group) {
    throw new StepFailedError(
      `The Entra group ${entraGroupId} of the approved plan is not there any more`,
    );
  }
  const why =
    whyUnusable(group, await entra.countNestedGroups(entraGroupId)) ??
    (await whyOpenToOthers());
  if (why) {
    throw new StepFailedError(
      `The Entra group ${group.displayName} (${entraGroupId}) cannot carry access: ${why}`,
    );
  }
  return group;

  async function whyOpenToOthers(): Promise<string | null> {
    const owners = await entra.describeOwners(entraGroupId);
    return countOtherOwners(owners) > 0
      ? 'somebody else owns it, who can put people into it without any approval'
      : null;
  }
}

import { collectPages } from '../../clouds/collectPages';
import { StepContext } from '../running/StepExecutor';
import { StepInputs } from '../steps/stepInputs';
import { people } from '../steps/wordsOfSteps';

/**
 * Who has left groups in Entra and is in them in AWS still: SCIM carries that with
 * its regular cycle only, and until then they can open sessions. A group that is
 * gone itself is not looked at: what it gave was taken away from it before.
 *
 * @returns in words; undefined = nobody
 */
export async function findStillInAws(
  { clouds: { aws, entra } }: Pick<StepContext, 'clouds'>,
  left: Array<StepInputs['removeMembers']>,
): Promise<string | undefined> {
  for (const { entraGroupId, groupName, members } of left) {
    if (members.length === 0 || !(await entra.getGroup(entraGroupId))) continue;
    const group = await aws.findStoreGroupByExternalId(entraGroupId);
    if (!group) continue;
    const present = new Set(
      await collectPages(aws.listStoreMembers(group.groupId)),
    );
    if (present.size === 0) continue;
    const still = [];
    for (const member of members) {
      const user = await aws.findStoreUserByExternalId(member.entraUserId);
      if (user && present.has(user.userId)) still.push(member);
    }
    if (still.length > 0) {
      return `AWS still shows ${people(still)} in ${groupName}`;
    }
  }
  return undefined;
}

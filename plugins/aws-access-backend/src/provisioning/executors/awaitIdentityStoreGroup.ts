import { collectPages } from '../../clouds/collectPages';
import { people } from '../wordsOfSteps';
import { entraGroupIdOf, inputOf, StepExecutor } from '../StepExecutor';
import { findStoreUsers, sayUnknown } from './findStoreUsers';
import { waitForScim } from './waitForScim';

/**
 * AWS knows the group and its members. The group is the one whose ExternalId is
 * the Entra id that we have: names prove nothing (security rule 13).
 */
export const awaitIdentityStoreGroup: StepExecutor = async context => {
  const { groupKey, members } = inputOf(context, 'awaitIdentityStoreGroup');
  const { aws } = context.clouds;
  const group = await aws.findStoreGroupByExternalId(
    entraGroupIdOf(context, groupKey),
  );
  const { storeUserIds, unknown } = await findStoreUsers(context, members);
  const waitingFor = (what: string) =>
    waitForScim(context, what, { storeUserIds });
  if (!group) return waitingFor('AWS does not know the group yet');
  if (unknown.length > 0) return waitingFor(sayUnknown(unknown));
  if (members.length > 0) {
    const present = new Set(
      await collectPages(aws.listStoreMembers(group.groupId)),
    );
    const missing = members.filter(
      member => !present.has(storeUserIds[member.entraUserId]),
    );
    if (missing.length > 0) {
      return waitingFor(
        `AWS does not show ${people(missing)} in the group yet`,
      );
    }
  }
  return {
    kind: 'done',
    result: { storeUserIds, storeGroupId: group.groupId },
  };
};

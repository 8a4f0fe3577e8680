import { collectPages } from '../../clouds/collectPages';
import { people } from '../steps/wordsOfSteps';
import { entraGroupIdOf, inputOf, StepExecutor } from '../running/StepExecutor';
import { listLabel } from '../../wording/labels';
import {
  findOthersInStoreGroup,
  isGivenSomething,
} from './findOthersInStoreGroup';
import { findStoreUsers, sayUnknown } from './findStoreUsers';
import { waitForScim } from './waitForScim';

/**
 * AWS knows the group and its members. The group is the one whose ExternalId is
 * the Entra id that we have: names prove nothing (security rule 13). Before it is
 * given something, AWS shows nobody else in it.
 */
export const awaitIdentityStoreGroup: StepExecutor = async context => {
  const { groupKey, members } = inputOf(context, 'awaitIdentityStoreGroup');
  const { aws } = context.clouds;
  const entraGroupId = entraGroupIdOf(context, groupKey);
  const group = await aws.findStoreGroupByExternalId(entraGroupId);
  const { storeUserIds, unknown } = await findStoreUsers(context, members);
  const waitingFor = (what: string) =>
    waitForScim(context, what, { storeUserIds });
  if (!group) return waitingFor('AWS does not know the group yet');
  if (unknown.length > 0) return waitingFor(sayUnknown(unknown));
  const isGiven = isGivenSomething(context, groupKey);
  if (members.length > 0 || isGiven) {
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
    const others = isGiven
      ? await findOthersInStoreGroup(
          context,
          { entraGroupId },
          present,
          Object.values(storeUserIds),
        )
      : [];
    if (others.length > 0) {
      return waitingFor(
        `AWS still shows ${listLabel(
          others,
          3,
        )} in the group, and Entra does not`,
      );
    }
  }
  return {
    kind: 'done',
    result: { storeUserIds, storeGroupId: group.groupId },
  };
};

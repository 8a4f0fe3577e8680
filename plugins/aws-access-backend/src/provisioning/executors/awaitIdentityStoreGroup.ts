import { collectPages } from '../../clouds/collectPages';
import { patience } from '../ProvisioningPace';
import { people } from '../compileSteps';
import { entraGroupIdOf, inputOf, StepExecutor } from '../StepExecutor';

/** Longer than one SCIM cycle and its neighbour can explain. */
const LONGER_THAN_USUAL_MS = 90 * 60 * 1000;

/**
 * AWS knows the group and its members. The group is the one whose ExternalId is
 * the Entra id that we have: names prove nothing (security rule 13).
 */
export const awaitIdentityStoreGroup: StepExecutor = async context => {
  const { groupKey, members } = inputOf(context, 'awaitIdentityStoreGroup');
  const { clouds, step, stores, pace } = context;
  const retryInMs = patience(pace, step.attempts);
  const group = await clouds.aws.findStoreGroupByExternalId(
    entraGroupIdOf(context, groupKey),
  );
  // Users do not change their ids, so that each is looked up once.
  const storeUserIds: Record<string, string> = {
    ...(step.result?.storeUserIds as Record<string, string> | undefined),
  };
  const unknown = [];
  for (const member of members) {
    if (storeUserIds[member.entraUserId]) continue;
    const user = await clouds.aws.findStoreUserByExternalId(member.entraUserId);
    if (user) storeUserIds[member.entraUserId] = user.userId;
    else unknown.push(member);
  }
  const late =
    Date.parse(await stores.now()) - Date.parse(step.startedAt!) >
    LONGER_THAN_USUAL_MS
      ? ' This takes longer than usual: somebody should look at the provisioning of the enterprise application in Entra.'
      : '';
  const waitingFor = (what: string) => ({
    kind: 'waiting' as const,
    detail: `Waiting for SCIM, up to 40 minutes: ${what}.${late}`,
    retryInMs,
    result: { storeUserIds },
  });
  if (!group) return waitingFor('AWS does not know the group yet');
  if (unknown.length > 0) {
    return waitingFor(
      `AWS does not know ${people(
        unknown,
      )}. Entra leaves out people without first name, last name, display name or user name`,
    );
  }
  const present = new Set(
    await collectPages(clouds.aws.listStoreMembers(group.groupId)),
  );
  const missing = members.filter(
    member => !present.has(storeUserIds[member.entraUserId]),
  );
  if (missing.length > 0) {
    return waitingFor(`AWS does not show ${people(missing)} in the group yet`);
  }
  return {
    kind: 'done',
    result: { storeUserIds, storeGroupId: group.groupId },
  };
};

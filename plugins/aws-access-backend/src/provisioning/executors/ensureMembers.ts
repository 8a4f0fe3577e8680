import { addMemberWrite } from '../../clouds/entraWrites';
import { LeaseObject, leaseObjectKey } from '../../leases/LeaseStore';
import { collectPages } from '../../clouds/collectPages';
import { people } from '../steps/wordsOfSteps';
import { concludeIntents } from '../running/concludeIntents';
import { openIntentsOf } from '../running/openIntentsOf';
import { recordIntents, recordLeases } from '../running/recordIntents';
import { sendWrite } from '../running/sendWrite';
import { entraGroupIdOf, inputOf, StepExecutor } from '../running/StepExecutor';
import { StepFailedError } from '../running/StepFailedError';

/** Everybody the plan names is a member of the group. */
export const ensureMembers: StepExecutor = async context => {
  const { groupKey, isThere, members } = inputOf(context, 'ensureMembers');
  const { entra } = context.clouds;
  const entraGroupId = entraGroupIdOf(context, groupKey);
  const objectOf = (entraUserId: string): LeaseObject => ({
    kind: 'membership',
    entraGroupId,
    entraUserId,
  });
  const keyOf = (entraUserId: string) => leaseObjectKey(objectOf(entraUserId));

  const present = new Set(
    (await collectPages(entra.listMembers(entraGroupId))).map(
      user => user.userId,
    ),
  );
  const open = await openIntentsOf(context);
  const intentOf = (entraUserId: string) =>
    open.find(intent => intent.objectKey === keyOf(entraUserId));
  await concludeIntents(
    context,
    members
      .filter(member => present.has(member.entraUserId))
      .flatMap(member => intentOf(member.entraUserId) ?? [])
      .map(intent => ({ intent, state: 'confirmed' as const })),
  );

  const missing = members.filter(member => !present.has(member.entraUserId));
  const leases = members.map(member => objectOf(member.entraUserId));
  if (missing.length === 0) {
    await recordLeases(context, leases);
    return { kind: 'done' };
  }
  if (isThere) {
    throw new StepFailedError(
      `${people(
        missing,
      )} left the group after the plan was approved. Nobody has agreed to put them back: give the request back and ask again.`,
    );
  }
  const detail = `Entra does not show ${people(missing)} in the group yet`;
  const unsent = missing.filter(
    member => !intentOf(member.entraUserId)?.settling,
  );
  if (unsent.length === 0) {
    return { kind: 'waiting', detail, retryInMs: context.pace.operationMs };
  }

  const ids = await recordIntents(context, {
    writes: unsent.map(({ entraUserId }) => ({
      objectKey: keyOf(entraUserId),
      write: addMemberWrite(entraGroupId, entraUserId),
      before: null,
    })),
    leases,
  });
  for (const [index, { entraUserId }] of unsent.entries()) {
    await sendWrite(
      context,
      ids[index],
      addMemberWrite(entraGroupId, entraUserId),
      seal => entra.addMember(seal, entraGroupId, entraUserId),
    );
  }
  return { kind: 'lookAgain', detail };
};

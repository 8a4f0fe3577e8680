import { removeMemberWrite } from '../../clouds/entraWrites';
import { unlessMissing } from '../../clouds/unlessMissing';
import { LeaseObject, leaseObjectKey } from '../../leases/LeaseStore';
import { collectPages } from '../../clouds/collectPages';
import { people } from '../steps/wordsOfSteps';
import { concludeIntents } from '../running/concludeIntents';
import { markRemoved } from '../running/markRemoved';
import { openIntentsOf } from '../running/openIntentsOf';
import { recordIntents } from '../running/recordIntents';
import { sendWrite } from '../running/sendWrite';
import { inputOf, StepExecutor } from '../running/StepExecutor';
import { StepMember } from '../steps/stepInputs';
import { isApprovedRemoval, whyLeft } from '../running/whyLeft';
import { whyTaken } from '../running/whyTaken';
import { isCreationUnderWay } from './isCreationUnderWay';

/** Whoever was put into the group by this product, and for nothing else, leaves it. */
export const removeMembers: StepExecutor = async context => {
  const { entraGroupId, groupName, members } = inputOf(
    context,
    'removeMembers',
  );
  const { clouds, pace } = context;
  const nameOf = ({ displayName }: StepMember) =>
    `${displayName} in ${groupName}`;
  const objectOf = (member: StepMember): LeaseObject => ({
    kind: 'membership',
    entraGroupId,
    entraUserId: member.entraUserId,
  });
  const keyOf = (member: StepMember) => leaseObjectKey(objectOf(member));

  const details: string[] = [];
  const staying: StepMember[] = [];
  const leaving: StepMember[] = [];
  for (const member of members) {
    const why = await whyLeft(context, {
      object: objectOf(member),
      name: nameOf(member),
      groupName,
    });
    if (why) {
      details.push(why);
      staying.push(member);
    } else {
      leaving.push(member);
    }
  }
  if (leaving.length === 0 && details.length > 0) {
    return { kind: 'skipped', detail: details.join('; ') };
  }
  const takesAway = (of: StepMember[]) =>
    isApprovedRemoval(context) ? of.map(objectOf) : undefined;

  // With the group, its memberships are gone.
  const listed = await unlessMissing(() =>
    collectPages(clouds.entra.listMembers(entraGroupId)),
  );
  const present = new Set(listed?.map(user => user.userId));
  const open = await openIntentsOf(context);
  const intentOf = (member: StepMember) =>
    open.find(intent => intent.objectKey === keyOf(member));
  const isGone = (member: StepMember) => !present.has(member.entraUserId);
  const gone: StepMember[] = [];
  const unclear: StepMember[] = [];
  for (const member of leaving.filter(isGone)) {
    // That Entra has accepted a removal says more than what it shows.
    const isAccepted = intentOf(member)?.result?.answered === true;
    const mayArrive =
      !isAccepted && (await isCreationUnderWay(context, keyOf(member)));
    (mayArrive ? unclear : gone).push(member);
  }
  await concludeIntents(context, [
    ...gone
      .flatMap(member => intentOf(member) ?? [])
      .map(intent => ({ intent, state: 'confirmed', removed: true } as const)),
    // Recorded by an earlier attempt; since then there is a reason to leave them
    // alone, or another request was quicker.
    ...staying.flatMap(member => {
      const intent = intentOf(member);
      const state = isGone(member) ? 'confirmed' : 'abandoned';
      return intent ? [{ intent, state } as const] : [];
    }),
  ]);
  const unseen = gone.filter(member => !intentOf(member));
  if (unseen.length > 0 && isApprovedRemoval(context)) {
    await recordIntents(context, { writes: [], takesAway: takesAway(unseen) });
  }
  await markRemoved(context, unseen.map(keyOf));
  for (const member of unseen) {
    const objectKey = keyOf(member);
    const name = nameOf(member);
    const taken = await whyTaken(context, { objectKey, name });
    if (taken) details.push(taken);
  }

  const still = leaving.filter(member => !isGone(member));
  if (still.length === 0) {
    return unclear.length === 0
      ? { kind: 'done', detail: details.join('; ') }
      : {
          kind: 'waiting',
          detail: `Entra may still put ${people(unclear)} into ${groupName}`,
          retryInMs: pace.operationMs,
        };
  }
  const detail = `Entra still shows ${people(still)} in ${groupName}`;
  const unsent = still.filter(member => !intentOf(member)?.settling);
  if (unsent.length === 0) {
    return { kind: 'waiting', detail, retryInMs: pace.operationMs };
  }

  const ids = await recordIntents(context, {
    writes: unsent.map(member => ({
      objectKey: keyOf(member),
      write: removeMemberWrite(entraGroupId, member.entraUserId),
      before: { entraGroupId, entraUserId: member.entraUserId },
    })),
    takesAway: takesAway(unsent),
  });
  for (const [index, { entraUserId }] of unsent.entries()) {
    // Somebody else may have been quicker; the next look says so.
    await unlessMissing(() =>
      sendWrite(
        context,
        ids[index],
        removeMemberWrite(entraGroupId, entraUserId),
        seal => clouds.entra.removeMember(seal, entraGroupId, entraUserId),
      ),
    );
  }
  return { kind: 'lookAgain', detail };
};

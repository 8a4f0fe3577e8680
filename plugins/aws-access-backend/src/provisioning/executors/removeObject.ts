import { CloudWrite, Sealing } from '../../clouds/CloudWriteGate';
import { unlessMissing } from '../../clouds/unlessMissing';
import { leaseObjectKey } from '../../leases/LeaseStore';
import { concludeIntents } from '../running/concludeIntents';
import { markRemoved } from '../running/markRemoved';
import { openIntentsOf } from '../running/openIntentsOf';
import { recordIntents } from '../running/recordIntents';
import { sendWrite } from '../running/sendWrite';
import { StepContext, StepOutcome } from '../running/StepExecutor';
import { isApprovedRemoval, LeavingObject, whyLeft } from '../running/whyLeft';
import { whyTaken } from '../running/whyTaken';
import { isCreationUnderWay } from './isCreationUnderWay';

/** An object that one write takes away at once. */
export interface Removal<Found> {
  leaving: Omit<LeavingObject, 'isThere'>;
  /** Undefined = the cloud does not show it. */
  find: () => Promise<Found | undefined>;
  /** What is said until the cloud does not show it any more. */
  stillShown: string;
  /** What is said while a creation of it, sent a moment ago, may arrive. */
  mayArrive: string;
  /** What is done instead while it cannot be removed. */
  whyNotNow?: (found: Found) => Promise<StepOutcome | undefined>;
  /** What is there before. */
  before: (found: Found) => Promise<unknown>;
  write: (found: Found) => CloudWrite;
  send: (seal: Sealing, found: Found) => Promise<unknown>;
}

/** Takes an object away, or says what keeps it. */
export async function removeObject<Found>(
  context: StepContext,
  removal: Removal<Found>,
): Promise<StepOutcome> {
  const { pace } = context;
  const { leaving, find, stillShown, mayArrive } = removal;
  const objectKey = leaseObjectKey(leaving.object);
  const takesAway = isApprovedRemoval(context) ? [leaving.object] : undefined;
  const left = await whyLeft(context, {
    ...leaving,
    isThere: async () => (await find()) !== undefined,
  });
  if (left) return { kind: 'skipped', detail: left };

  const found = await find();
  const [open] = await openIntentsOf(context);
  if (found === undefined) {
    // That the cloud has accepted a removal says more than what it shows.
    const isAccepted = open?.result?.answered === true;
    if (!isAccepted && (await isCreationUnderWay(context, objectKey))) {
      return {
        kind: 'waiting',
        detail: mayArrive,
        retryInMs: pace.operationMs,
      };
    }
    if (open) {
      await concludeIntents(context, [
        { intent: open, state: 'confirmed', removed: true },
      ]);
      return { kind: 'done' };
    }
    if (takesAway) await recordIntents(context, { writes: [], takesAway });
    await markRemoved(context, [objectKey]);
    return {
      kind: 'done',
      detail: await whyTaken(context, { objectKey, name: leaving.name }),
    };
  }
  if (open?.settling) {
    return { kind: 'waiting', detail: stillShown, retryInMs: pace.operationMs };
  }
  const notNow = await removal.whyNotNow?.(found);
  if (notNow) return notNow;

  const write = removal.write(found);
  const [intentId] = await recordIntents(context, {
    writes: [{ objectKey, write, before: await removal.before(found) }],
    takesAway,
  });
  // Somebody else may have been quicker; the next look says so.
  await unlessMissing(() =>
    sendWrite(context, intentId, write, seal => removal.send(seal, found)),
  );
  return { kind: 'lookAgain', detail: stillShown };
}

import { randomUUID } from 'node:crypto';
import { CloudWrite } from '../../clouds/CloudWriteGate';
import { Stores } from '../../database/Stores';
import { digestOf } from '../../digest/digestOf';
import { beginLeases, leaseOf } from '../../leases/beginLeases';
import { endLeasesOfOthers } from '../../leases/endLeasesOfOthers';
import { LeaseObject, leaseObjectKey } from '../../leases/LeaseStore';
import { describeLimit } from '../../operations/describeLimit';
import { describeStop } from '../../operations/describeStop';
import { holdsPlace } from './AssignmentPlaces';
import { requireStaying } from './requireStaying';
import { StepContext } from './StepExecutor';
import { StepWaitError } from './StepWaitError';
import { whyKept } from './whyKept';
import { ADOPTION, provesOurs, writeEffect } from './writeEffect';

/** A write that is about to be sent. */
export interface IntendedWrite {
  objectKey: string;
  write: CloudWrite;
  /** What is there now; null = nothing. */
  before: unknown;
  nonce?: string;
}

/**
 * Records writes before they are sent (security rules 20 to 22): in one fenced
 * transaction, only if the request still wants them at this moment, and together
 * with the leases that are the reason for them.
 *
 * @param plan.takesAway - what an approved removal takes from everybody, also
 *   when it is gone already
 * @param plan.adopts - what was seen to be there and is ours from now on
 * @param plan.outstanding - refuses when so many writes of the operation are
 *   unfinished in the organization
 * @returns ids of the intents, in the order of the writes
 * @throws FenceLostError when the work is not the caller's any more
 * @throws StepWaitError when the writes are not wanted now
 */
export async function recordIntents(
  context: StepContext,
  plan: {
    writes: IntendedWrite[];
    leases?: LeaseObject[];
    takesAway?: LeaseObject[];
    adopts?: LeaseObject[];
    outstanding?: { operation: string; limit: number; detail: string };
  },
): Promise<string[]> {
  const { claim, step } = context;
  return context.stores.transaction(async stores => {
    const { intents, steps } = stores.provisioning;
    await stores.organizations.fence(claim);
    await stores.provisioning.lockRequest(step.requestId);
    await steps.fence(claim, step.id);
    await requireWanted(stores, context, plan.writes);
    await requireStaying(stores, context, plan);
    await requireWithinLimits(stores, context, plan.writes);
    if (plan.outstanding) {
      const { operation, limit, detail } = plan.outstanding;
      const running = await intents.listOutstanding(
        claim.organizationId,
        operation,
      );
      const others = running.filter(({ stepId }) => stepId !== step.id);
      if (others.filter(holdsPlace).length >= limit) {
        throw new StepWaitError(detail, context.pace.operationMs);
      }
    }
    const recorded = await intents.listOfStep(step.id);
    const ids: string[] = [];
    for (const { objectKey, write, before, nonce } of plan.writes) {
      const inputDigest = digestOf(write.input);
      const open = recorded.filter(
        intent => intent.state === 'intended' && intent.objectKey === objectKey,
      );
      const same = open.find(
        intent =>
          intent.operation === write.operation &&
          intent.inputDigest === inputDigest,
      );
      for (const other of open.filter(intent => intent !== same)) {
        await intents.conclude(claim, other.id, { state: 'abandoned' });
      }
      if (same) {
        await intents.renew(claim, same);
        ids.push(same.id);
      } else {
        const id = randomUUID();
        await intents.insert(claim, {
          id,
          stepId: step.id,
          objectKey,
          operation: write.operation,
          inputDigest,
          nonce: nonce ?? null,
          before,
        });
        ids.push(id);
      }
    }
    await beginLeases(stores, context.request, plan.leases ?? [], step.id);
    await recordAdoptions(stores, context, plan.adopts ?? []);
    if (plan.takesAway) await takeAway(stores, context, plan.takesAway);
    return ids;
  });
}

/**
 * Records that the request is a reason for objects that are there already, so
 * that nobody else's end takes them away; where the step adopts, they are this
 * product's from now on.
 *
 * @param carriers - objects that only get a lease
 */
export async function recordLeases(
  context: StepContext,
  objects: LeaseObject[],
  carriers: LeaseObject[] = [],
): Promise<void> {
  await recordIntents(context, {
    writes: [],
    leases: [...objects, ...carriers],
    adopts: context.step.input.adopts === true ? objects : [],
  });
}

async function recordAdoptions(
  stores: Stores,
  { claim, request, step }: StepContext,
  objects: LeaseObject[],
): Promise<void> {
  const { intents } = stores.provisioning;
  const known = await intents.listOfObjects(
    claim.organizationId,
    objects.map(leaseObjectKey),
  );
  // Also after a crash: what was recorded before is not recorded again.
  const adopted = objects.filter(
    object => !provesOurs(known.get(leaseObjectKey(object)) ?? []),
  );
  for (const object of adopted) {
    const id = randomUUID();
    await intents.insert(claim, {
      id,
      stepId: step.id,
      objectKey: leaseObjectKey(object),
      operation: ADOPTION,
      inputDigest: digestOf(object),
      nonce: null,
      before: object,
    });
    await intents.conclude(claim, id, { state: 'confirmed' });
  }
  if (adopted.length === 0) return;
  await stores.audit.append({
    organizationId: request.organizationId,
    kind: 'access.adopted',
    actor: null,
    requestId: request.id,
    data: { objects: adopted.map(leaseObjectKey), stepId: step.id },
  });
}

/**
 * Ends what others have of the objects, and keeps with the request what it takes
 * away: a lease that is over at once.
 */
async function takeAway(
  stores: Stores,
  { request }: StepContext,
  objects: LeaseObject[],
): Promise<void> {
  await endLeasesOfOthers(stores, {
    request,
    objectKeys: objects.map(leaseObjectKey),
  });
  for (const object of objects) {
    const lease = leaseOf(request, object);
    if (await stores.leases.insert(lease)) await stores.leases.end([lease.id]);
  }
}

async function requireWithinLimits(
  stores: Stores,
  { claim, config, pace, step }: StepContext,
  writes: IntendedWrite[],
): Promise<void> {
  if (writes.length === 0) return;
  const over = describeLimit(
    await stores.writeLimits.count(claim.organizationId),
    {
      phase: step.phase,
      writes: writes.length,
      removals: writes.filter(
        ({ write }) => writeEffect(write.operation) === 'removes',
      ).length,
    },
    config.limits,
  );
  if (over) {
    throw new StepWaitError(over, pace.scimMs, { isForOperators: true });
  }
}

async function requireWanted(
  stores: Stores,
  { step, claim, pace }: StepContext,
  writes: IntendedWrite[],
): Promise<void> {
  const organization = await stores.organizations.get(claim.organizationId);
  if (organization?.heldReason) {
    throw new StepWaitError(
      `All writes are held: ${organization.heldReason}`,
      pace.maxBackoffMs,
    );
  }
  const stop = describeStop(
    await stores.writeStops.listLive(claim.organizationId),
    step.phase,
  );
  if (stop) throw new StepWaitError(stop, pace.scimMs);
  const request = await stores.requests.get(step.requestId);
  if (step.phase === 'grant') {
    const wanted =
      (request?.state === 'provisioning' || request?.state === 'propagating') &&
      (request.endsAt === null || request.endsAt > (await stores.now()));
    if (!wanted) {
      throw new StepWaitError(
        'The request does not want this any more',
        pace.scimMs,
      );
    }
  }
  if (step.phase !== 'removal') return;
  for (const { objectKey } of writes) {
    const kept = await whyKept(stores, {
      organizationId: claim.organizationId,
      requestId: step.requestId,
      objectKey,
    });
    // The executor asked before; something changed since, so it asks again.
    if (kept) throw new StepWaitError(kept, pace.operationMs);
  }
}

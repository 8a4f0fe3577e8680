import { tellOfWait } from '../../awareness/tellOfWrites';
import { Stores } from '../../database/Stores';
import { recordTransition } from '../../requests/life/recordTransition';
import { RequestRow } from '../../requests/stores/RequestStore';
import { StepContext, StepOutcome } from './StepExecutor';
import { StepChange, StepRow } from '../stores/StepStore';

/**
 * Records what an attempt came to, and what it means for the request, in one
 * fenced transaction.
 *
 * @throws FenceLostError when the work is not the caller's any more
 */
export async function settleStep(
  context: StepContext,
  outcome: Exclude<StepOutcome, { kind: 'lookAgain' }>,
): Promise<void> {
  const { claim, step } = context;
  await context.stores.transaction(async stores => {
    await stores.organizations.fence(claim);
    await stores.provisioning.lockRequest(step.requestId);
    await stores.provisioning.steps.settle(
      claim,
      step.id,
      changeOf(context, outcome),
    );
    const request = (await stores.requests.get(step.requestId))!;
    if (outcome.kind === 'failed') {
      await becomeStuck(stores, request, outcome.detail);
    } else if (outcome.kind === 'waiting') {
      if (
        step.kind === 'awaitIdentityStoreGroup' ||
        step.kind === 'awaitIdentityStoreUsers'
      ) {
        await startPropagating(stores, request);
      }
      if (outcome.isForOperators) {
        await tellOfWait(stores, claim.organizationId, outcome.detail);
      }
      await stores.outbox.put({
        kind: 'signal',
        requestId: request.id,
        state: request.state,
      });
    } else {
      await finishStep(stores, context, request, outcome);
    }
  });
}

function changeOf(
  { step, pace }: StepContext,
  outcome: Exclude<StepOutcome, { kind: 'lookAgain' }>,
): StepChange {
  switch (outcome.kind) {
    case 'waiting':
      return {
        state: 'waiting',
        detail: outcome.detail,
        cloudMessage: outcome.cloudMessage,
        retryInMs: outcome.retryInMs,
        result: outcome.result,
      };
    case 'failed':
      return {
        state: 'failed',
        detail: outcome.detail,
        cloudMessage: outcome.cloudMessage,
        // Access that must go is tried for ever, besides being shown as stuck.
        ...(step.phase === 'removal' && { retryInMs: pace.refusedRemovalMs }),
      };
    case 'skipped':
      return { state: 'skipped', detail: outcome.detail };
    default:
      return {
        state: 'done',
        detail: outcome.detail || null,
        result: outcome.result,
      };
  }
}

async function becomeStuck(
  stores: Stores,
  request: RequestRow,
  reason: string,
): Promise<void> {
  if (request.state === 'stuck') return;
  await recordTransition(stores, {
    request,
    to: 'stuck',
    actorRef: null,
    event: { kind: 'stuck', text: reason },
    patch: { stateReason: reason },
  });
}

async function startPropagating(
  stores: Stores,
  request: RequestRow,
): Promise<void> {
  if (request.state !== 'provisioning') return;
  await recordTransition(stores, {
    request,
    to: 'propagating',
    actorRef: null,
    event: {
      kind: 'stateChanged',
      text: 'Entra is done; waiting until SCIM has brought it to AWS',
    },
  });
}

async function finishStep(
  stores: Stores,
  { step }: StepContext,
  request: RequestRow,
  outcome: { kind: 'done' | 'skipped'; detail?: string },
): Promise<void> {
  await stores.requests.appendTimeline({
    requestId: request.id,
    kind: 'stepDone',
    actorRef: null,
    text: outcome.detail ? `${step.title}: ${outcome.detail}` : step.title,
  });
  let current = request;
  if (request.state === 'stuck' && step.phase === 'removal') {
    const others = await stores.provisioning.steps.listOfRequest(request.id);
    if (!others.some(other => other.state === 'failed')) {
      current = await recordTransition(stores, {
        request,
        to: 'ending',
        actorRef: null,
        event: { kind: 'retried', text: 'The removal goes on by itself' },
        patch: { stateReason: null },
      });
    }
  }
  if (step.kind === 'verify') {
    await finishGrant(stores, current, outcome.detail!);
  } else if (step.kind === 'verifyGone') {
    await stores.provisioning.footprints.release(request.id);
    await stores.provisioning.footprints.releaseNames(request.id);
    await recordTransition(stores, {
      request: current,
      to: 'ended',
      actorRef: null,
      event: { kind: 'stateChanged', text: outcome.detail! },
      patch: { stateReason: null },
    });
  } else {
    await stores.outbox.put({
      kind: 'signal',
      requestId: request.id,
      state: current.state,
    });
  }
}

/** What was made is usable; what gave nothing to keep is done with that. */
async function finishGrant(
  stores: Stores,
  request: RequestRow,
  detail: string,
): Promise<void> {
  const { footprints, authorizations } = stores.provisioning;
  await footprints.release(request.id);
  const leases = await stores.leases.listOfRequest(request.id);
  const steps = await stores.provisioning.steps.listOfRequest(request.id);
  const isDone = leases.every(lease => lease.endedAt !== null);
  if (isDone) {
    await footprints.releaseNames(request.id);
    await authorizations.revokeGrants(request.id);
  }
  await recordTransition(stores, {
    request,
    to: isDone ? 'ended' : 'active',
    actorRef: null,
    event: {
      kind: 'stateChanged',
      text: isDone ? `Done. ${detail}` : textOfBeginning(steps),
    },
    patch: { stateReason: null },
  });
}

/** Who gives back what was adopted must know what goes with it. */
function textOfBeginning(steps: StepRow[]): string {
  return steps.some(({ input }) => input.adopts === true)
    ? 'The access is under management now. Giving this request back, or ending it, removes the access itself'
    : 'The access is usable';
}

import { LeaseObject, leaseObjectKey } from '../../leases/LeaseStore';
import { IntentRow } from '../stores/IntentStore';
import { markRemovedIn } from './markRemoved';
import { StepContext } from './StepExecutor';

/** What the cloud shows of a recorded write. */
export interface Conclusion {
  intent: IntentRow;
  state: 'confirmed' | 'abandoned';
  result?: Record<string, unknown>;
  /** The object, now that its id is known. */
  identified?: LeaseObject;
  /** The object is gone for this request: its lease is marked so. */
  removed?: boolean;
}

/**
 * Records what was seen of recorded writes, with an audit row each.
 *
 * @throws FenceLostError when the work is not the caller's any more; also when an
 *   object was identified for a request that has ended meanwhile: its way back
 *   finds the object by the marks it was made with
 */
export async function concludeIntents(
  context: StepContext,
  conclusions: Conclusion[],
): Promise<void> {
  if (conclusions.length === 0) return;
  const { claim, step } = context;
  await context.stores.transaction(async stores => {
    await stores.organizations.fence(claim);
    if (conclusions.some(({ identified }) => identified)) {
      // The way back of a request that has ended knows the object by the key that
      // it had then, which must not change any more.
      await stores.provisioning.lockRequest(step.requestId);
      await stores.provisioning.steps.fence(claim, step.id);
    }
    for (const { intent, state, result, identified } of conclusions) {
      await stores.provisioning.intents.conclude(claim, intent.id, {
        state,
        result: result && { ...intent.result, ...result },
        objectKey: identified && leaseObjectKey(identified),
      });
      if (identified) {
        await stores.leases.identify(
          step.requestId,
          intent.objectKey,
          identified,
        );
      }
    }
    await markRemovedIn(
      stores,
      context,
      conclusions
        .filter(({ removed }) => removed)
        .map(({ intent }) => intent.objectKey),
    );
    for (const { intent, state, identified } of conclusions) {
      await stores.audit.append({
        organizationId: claim.organizationId,
        kind: `cloud.write-${state}`,
        actor: null,
        requestId: step.requestId,
        data: {
          operation: intent.operation,
          object: identified ? leaseObjectKey(identified) : intent.objectKey,
          intentId: intent.id,
          stepId: step.id,
          phase: step.phase,
        },
      });
    }
  });
}

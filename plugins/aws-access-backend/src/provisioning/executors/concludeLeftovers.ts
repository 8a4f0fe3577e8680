import { LeaseRow } from '../../leases/LeaseStore';
import { Conclusion, concludeIntents } from '../running/concludeIntents';
import { IntentRow } from '../stores/IntentStore';
import { StepContext } from '../running/StepExecutor';
import { writeEffect } from '../running/writeEffect';
import { findRemains } from './findRemains';

/**
 * Concludes the writes whose steps were cut off by the end of the request, so
 * that none of them stays unknown for ever: a creation that never happened would
 * otherwise prove, years later, that this product made what somebody else did.
 *
 * @param leases - of the request
 * @returns what cannot be told yet; undefined = all are concluded
 */
export async function concludeLeftovers(
  context: StepContext,
  leases: LeaseRow[],
): Promise<string | undefined> {
  const conclusions: Conclusion[] = [];
  for (const intent of await listOpen(context)) {
    const effect = writeEffect(intent.operation);
    const lease = leases.find(
      ({ objectKey }) => objectKey === intent.objectKey,
    );
    const isThere =
      lease !== undefined &&
      (await findRemains(context.clouds.aws, context.clouds.entra, lease)) !==
        undefined;
    if (
      effect === 'creates' &&
      !isThere &&
      lease?.removedAt === null &&
      (await mayArrive(context, intent))
    ) {
      return 'Waiting for what may still arrive of a write that was under way at the end';
    }
    // What changes a thing leaves nothing to look for once the reason is gone.
    const happened =
      (effect === 'creates' && isThere) || (effect === 'removes' && !isThere);
    conclusions.push({ intent, state: happened ? 'confirmed' : 'abandoned' });
  }
  await concludeIntents(context, conclusions);
  return undefined;
}

async function listOpen({ stores, steps }: StepContext): Promise<IntentRow[]> {
  const open: IntentRow[] = [];
  for (const step of steps) {
    // A step that is done has seen what came of its writes.
    // Its attempts count anew when a person retries it; its start stays.
    if (step.state !== 'skipped' || step.startedAt === null) continue;
    const intents = await stores.provisioning.intents.listOfStep(step.id);
    open.push(...intents.filter(({ state }) => state === 'intended'));
  }
  return open;
}

async function mayArrive(
  { pace, stores }: StepContext,
  { intendedAt }: IntentRow,
): Promise<boolean> {
  const now = Date.parse(await stores.now());
  return now - Date.parse(intendedAt) < pace.settleMs;
}

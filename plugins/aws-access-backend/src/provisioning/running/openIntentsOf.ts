import { IntentRow } from '../stores/IntentStore';
import { StepContext } from './StepExecutor';

/** The step's intents that are not concluded, and whether their write may still show up. */
export async function openIntentsOf(
  context: StepContext,
): Promise<Array<IntentRow & { settling: boolean }>> {
  const { stores, step, pace } = context;
  const intents = await stores.provisioning.intents.listOfStep(step.id);
  const now = Date.parse(await stores.now());
  return intents
    .filter(intent => intent.state === 'intended')
    .map(intent => ({
      ...intent,
      settling:
        intent.result?.answered === true &&
        now - Date.parse(intent.intendedAt) < pace.settleMs,
    }));
}

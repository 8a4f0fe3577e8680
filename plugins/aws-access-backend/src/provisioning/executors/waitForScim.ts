import { patience } from '../ProvisioningPace';
import { SCIM_WAIT } from '../../wording/scimWait';
import { StepContext, StepOutcome } from '../running/StepExecutor';

/** Longer than one SCIM cycle and its neighbour can explain. */
const LONGER_THAN_USUAL_MS = 90 * 60 * 1000;

/** Waits for the next SCIM cycle, and says when that is taking long. */
export async function waitForScim(
  { pace, step, stores }: StepContext,
  what: string,
  result?: Record<string, unknown>,
): Promise<StepOutcome> {
  const waited = Date.parse(await stores.now()) - Date.parse(step.startedAt!);
  const late =
    waited > LONGER_THAN_USUAL_MS
      ? ' This takes longer than usual: somebody should look at the provisioning of the enterprise application in Entra.'
      : '';
  return {
    kind: 'waiting',
    detail: `${SCIM_WAIT}, up to 40 minutes: ${what}.${late}`,
    retryInMs: patience(pace, step.attempts),
    result,
  };
}

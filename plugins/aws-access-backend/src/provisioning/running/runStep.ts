import { classifyFailure } from './classifyFailure';
import { settleStep } from './settleStep';
import { stepExecutors } from './stepExecutors';
import { StepContext, StepOutcome } from './StepExecutor';

/** What an attempt needs besides the step itself. */
export type StepEnvironment = Pick<
  StepContext,
  'stores' | 'clouds' | 'config' | 'pace' | 'creations' | 'claim'
>;

/**
 * One attempt at one step: begin, carry out, settle.
 *
 * @returns the outcome as it was recorded
 * @throws FenceLostError when the work is not the caller's any more
 */
export async function runStep(
  environment: StepEnvironment,
  stepId: string,
): Promise<StepOutcome> {
  const { stores, claim } = environment;
  const step = await stores.provisioning.steps.begin(claim, stepId);
  const request = (await stores.requests.get(step.requestId))!;
  const { steps: stored } = stores.provisioning;
  const steps =
    step.kind === 'ensureAssignment' || step.kind === 'removeAssignment'
      ? // One of perhaps a thousand, of which none knows anything of another.
        await stored.listResults(step.requestId)
      : await stored.listOfRequest(step.requestId);
  const context: StepContext = { ...environment, step, request, steps };
  const outcome = await attempt(context);
  await settleStep(context, outcome);
  return outcome;
}

async function attempt(context: StepContext) {
  const execute = stepExecutors[context.step.kind];
  try {
    let outcome = await execute(context);
    // Most writes are seen at once; the others are waited for.
    if (outcome.kind === 'lookAgain') outcome = await execute(context);
    if (outcome.kind !== 'lookAgain') return outcome;
    return {
      kind: 'waiting' as const,
      detail: outcome.detail,
      retryInMs: context.pace.operationMs,
    };
  } catch (error) {
    return classifyFailure(error, context) as Exclude<
      StepOutcome,
      { kind: 'lookAgain' }
    >;
  }
}

import { ConflictError, NotAllowedError } from '@backstage/errors';
import type {
  PlanStepKind,
  RequestDetail,
} from 'backstage-plugin-aws-access-common';
import { setTimeout } from 'node:timers/promises';
import type { RequestRun } from './RequestRun';

/** Provisioning moves within seconds; asking more often shows nothing new. */
const MILLISECONDS_BETWEEN_LOOKS = 1000;

/**
 * Waits until the steps of some kinds are done, and never for a person: a
 * request that waits for an approval ends the step at once.
 *
 * @param kinds - the steps that make what the action is about
 * @returns the request, with these steps done
 * @throws the reason why they are not, and what to do
 */
export async function followRequest(
  run: RequestRun,
  first: RequestDetail,
  kinds: readonly PlanStepKind[],
): Promise<RequestDetail> {
  const { waitSeconds, pause = waitFor } = run.options;
  const looks = Math.floor((waitSeconds * 1000) / MILLISECONDS_BETWEEN_LOOKS);
  let request = first;
  for (let look = 0; ; look++) {
    const { number, url } = run.report(request);
    const name = `Access request ${number}`;
    refuseUnlessUnderWay(request, name, url);
    const steps = request.steps.filter(({ kind }) => kinds.includes(kind));
    const isDone =
      steps.every(({ state }) => state === 'done') &&
      (steps.length > 0 || request.state === 'active');
    if (isDone) return request;
    refuseUnlessGoingOn(request, steps, name, url);
    if (look >= looks) {
      const step = steps.find(({ state }) => state !== 'done');
      throw new ConflictError(
        `${name} is approved and still being carried out${
          step ? ` (${step.title})` : ''
        }: ${url}. Run this task again in a few minutes; nothing is filed or done twice.`,
      );
    }
    await pause(MILLISECONDS_BETWEEN_LOOKS, run.signal);
    request = await run.read(request.id);
  }
}

function refuseUnlessUnderWay(
  { state, stateReason, waitingFor }: RequestDetail,
  name: string,
  url: string,
) {
  const because = stateReason ? `: ${withoutStop(stateReason)}` : '';
  switch (state) {
    case 'pending':
      throw new ConflictError(
        `${name} now waits for approval${
          waitingFor.length > 0 ? ` by ${waitingFor.join(', ')}` : ''
        }: ${url}. Run this task again when it is approved; nothing is filed twice.`,
      );
    case 'denied':
    case 'rejected':
      throw new NotAllowedError(`${name} is ${state}${because}. See ${url}.`);
    case 'withdrawn':
    case 'lapsed':
    case 'ending':
    case 'ended':
      throw new ConflictError(
        `${name} is ${state}${because}. See ${url}; run the template anew to ask again.`,
      );
    default:
  }
}

function refuseUnlessGoingOn(
  request: RequestDetail,
  steps: RequestDetail['steps'],
  name: string,
  url: string,
) {
  const failed = steps.find(({ state }) => state === 'failed');
  if (failed || request.state === 'stuck') {
    const reason = failed?.detail ?? request.stateReason;
    throw new Error(
      `${name} is stuck${failed ? ` (${failed.title})` : ''}: ${withoutStop(
        reason ?? 'its page says why',
      )}. Its requester and operators can go on from ${url}.`,
    );
  }
}

function withoutStop(text: string) {
  return text.replace(/\.$/, '');
}

async function waitFor(milliseconds: number, signal?: AbortSignal) {
  await setTimeout(milliseconds, undefined, { signal });
}

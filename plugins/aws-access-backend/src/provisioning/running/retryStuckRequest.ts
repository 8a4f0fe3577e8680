import { ConflictError } from '@backstage/errors';
import { Stores } from '../../database/Stores';
import { recordTransition } from '../../requests/life/recordTransition';
import { RequestRow } from '../../requests/stores/RequestStore';

/**
 * Lets a stuck request go on from the step that failed, in the caller's
 * transaction. What was done stays done.
 *
 * @throws ConflictError when the request is not stuck
 */
export async function retryStuckRequest(
  stores: Stores,
  options: {
    request: RequestRow;
    actorRef: string;
    /** See RequestTransition. */
    auditData?: Record<string, unknown>;
  },
): Promise<RequestRow> {
  const { request, actorRef } = options;
  if (request.state !== 'stuck') {
    throw new ConflictError(
      `Request ${request.number} is ${request.state}; only a stuck request can be retried`,
    );
  }
  await stores.provisioning.lockRequest(request.id);
  const steps = await stores.provisioning.steps.listOfRequest(request.id);
  const phase = steps.some(step => step.phase === 'removal')
    ? 'removal'
    : 'grant';
  const failed = steps.find(
    step => step.phase === phase && step.state === 'failed',
  );
  const awaited = steps.find(
    step =>
      step.kind === 'awaitIdentityStoreGroup' ||
      step.kind === 'awaitIdentityStoreUsers',
  );
  const propagating =
    failed && awaited && failed.position >= awaited.position
      ? 'propagating'
      : 'provisioning';
  await stores.provisioning.steps.retryFailed(request.id, phase);
  return recordTransition(stores, {
    request,
    to: phase === 'removal' ? 'ending' : propagating,
    actorRef,
    event: {
      kind: 'retried',
      text: failed ? `Tries again: ${failed.title}` : 'Tries again',
    },
    auditData: options.auditData,
    patch: { stateReason: null },
  });
}

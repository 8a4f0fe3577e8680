import { IntentRow } from '../stores/IntentStore';
import { concludeIntents } from '../running/concludeIntents';
import { StepContext, StepOutcome } from '../running/StepExecutor';
import {
  explainOperationFailure,
  saysNotFound,
} from './explainOperationFailure';

/**
 * What AWS says of an asynchronous operation that was begun, or may have been
 * begun before a crash. Undefined: nothing is known to be under way, so AWS's
 * lists tell the truth.
 *
 * @param isDone - looks whether the clouds show what the operation was to bring
 *   about: then it does not matter that it failed, as it does when somebody else
 *   was quicker, or an earlier attempt of which nothing is known
 */
export async function followOperation(
  context: StepContext,
  kind: 'create' | 'delete' | 'provision',
  intent: IntentRow & { settling: boolean },
  isDone?: () => Promise<boolean>,
): Promise<StepOutcome | undefined> {
  const { aws } = context.clouds;
  const waiting: StepOutcome = {
    kind: 'waiting',
    detail: 'AWS works on it',
    retryInMs: context.pace.operationMs,
  };
  const awsRequestId = intent.result?.awsRequestId;
  if (typeof awsRequestId === 'string') {
    const operation = await aws.getAssignmentOperation(kind, awsRequestId);
    if (operation?.status === 'IN_PROGRESS') return waiting;
    if (operation?.status !== 'FAILED') return undefined;
    if (isDone) {
      if (await isDone()) return undefined;
      const mayShow =
        kind === 'create' || saysNotFound(operation.failureReason);
      if (intent.settling && mayShow) {
        return {
          ...waiting,
          detail:
            kind === 'create'
              ? 'AWS says that it failed; whether an attempt before has made it is still to be seen'
              : 'AWS says that it is gone and still lists it',
        };
      }
    }
    await concludeIntents(context, [
      {
        intent,
        state: 'abandoned',
        result: { failureReason: operation.failureReason },
      },
    ]);
    return {
      kind: 'failed',
      detail: explainOperationFailure(kind, operation.failureReason),
      cloudMessage: operation.failureReason ?? undefined,
    };
  }
  // The answer was lost. Provisioning twice does no harm.
  if (kind === 'provision') return undefined;
  // While AWS works on operations that nobody here knows,
  // one of them may be this one.
  return (await hasUnknownOperation(context, kind, intent))
    ? waiting
    : undefined;
}

/** Whether AWS works on an operation whose request id is on no record here. */
export async function hasUnknownOperation(
  { clouds, stores, claim }: StepContext,
  kind: 'create' | 'delete',
  intent: IntentRow,
): Promise<boolean> {
  const running = await clouds.aws.listRunningAssignmentOperations(kind);
  if (running.length === 0) return false;
  const known = await stores.provisioning.intents.listOutstanding(
    claim.organizationId,
    intent.operation,
  );
  const knownIds = new Set(known.map(other => other.result?.awsRequestId));
  return running.some(operation => !knownIds.has(operation.requestId));
}

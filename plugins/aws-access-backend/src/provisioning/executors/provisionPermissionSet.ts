import { provisionPermissionSetWrite } from '../../clouds/awsWrites';
import { collectPages } from '../../clouds/collectPages';
import { countLabel } from '../../wording/labels';
import { concludeIntents } from '../running/concludeIntents';
import { openIntentsOf } from '../running/openIntentsOf';
import { recordIntents } from '../running/recordIntents';
import { sendWrite } from '../running/sendWrite';
import {
  inputOf,
  permissionSetArnOfKey,
  StepExecutor,
} from '../running/StepExecutor';
import { followOperation } from './followOperation';

/**
 * Every account that has the permission set has its latest state. AWS does this
 * by itself for new assignments only.
 */
export const provisionPermissionSet: StepExecutor = async context => {
  const { permissionSetKey, name } = inputOf(context, 'provisionPermissionSet');
  const { clouds, pace, step, stores } = context;
  const arn = permissionSetArnOfKey(context, permissionSetKey);
  const accountIds = await collectPages(
    clouds.aws.listAccountIdsWithPermissionSet(arn),
  );
  const [open] = await openIntentsOf(context);
  if (open) {
    const running = await followOperation(context, 'provision', open);
    if (running) return running;
  }
  if (accountIds.length === 0) {
    if (open)
      await concludeIntents(context, [{ intent: open, state: 'confirmed' }]);
    return { kind: 'done', detail: 'No account has it yet' };
  }

  const outOfDate = await collectPages(clouds.aws.listAccountIdsOutOfDate(arn));
  const wasAnswered = typeof open?.result?.awsRequestId === 'string';
  const intents = await stores.provisioning.intents.listOfStep(step.id);
  const wasSeen = intents.some(({ state }) => state === 'confirmed');
  // Right after an edit AWS may not say yet that accounts are out of date, so
  // that only an operation that has ended proves they are not.
  if (outOfDate.length === 0 && (wasAnswered || wasSeen)) {
    if (open) {
      await concludeIntents(context, [{ intent: open, state: 'confirmed' }]);
    }
    return {
      kind: 'done',
      detail: `Up to date in ${countLabel(
        accountIds.length,
        'account',
        'accounts',
      )}`,
    };
  }
  if (open?.settling) {
    return {
      kind: 'waiting',
      detail: `AWS reports success and says that ${name} is out of date in ${outOfDate
        .slice(0, 3)
        .join(', ')}${outOfDate.length > 3 ? ' and others' : ''}`,
      retryInMs: pace.operationMs,
    };
  }

  const write = provisionPermissionSetWrite(arn);
  const [intentId] = await recordIntents(context, {
    writes: [
      {
        objectKey: `permissionSet/${arn}/provisioning`,
        write,
        before: { outOfDate },
      },
    ],
  });
  await sendWrite(
    context,
    intentId,
    write,
    seal => clouds.aws.provisionPermissionSet(seal, arn),
    operation => ({ awsRequestId: operation.requestId }),
  );
  return {
    kind: 'waiting',
    detail: 'AWS works on it',
    retryInMs: pace.operationMs,
  };
};

import { editPermissionSetWrite } from '../../clouds/awsWrites';
import { PermissionSetEdit } from '../../clouds/AwsCloud';
import { unlessMissing } from '../../clouds/unlessMissing';
import { leaseObjectKey } from '../../leases/LeaseStore';
import { concludeIntents } from '../running/concludeIntents';
import { openIntentsOf } from '../running/openIntentsOf';
import { recordIntents, recordLeases } from '../running/recordIntents';
import { sendWrite } from '../running/sendWrite';
import {
  inputOf,
  StepContext,
  StepExecutor,
  StepOutcome,
} from '../running/StepExecutor';
import { StepFailedError } from '../running/StepFailedError';
import { createPermissionSet } from './createPermissionSet';
import {
  newPermissionSet,
  planPermissionSetEdits,
  remainingPermissionSetEdits,
} from './planPermissionSetEdits';

/**
 * The permission set carries what was approved. Edits go from one known document
 * to another, so wherever the last attempt died, AWS itself shows how far it
 * came; and a document that is none of them is somebody else's change, which is
 * never written over.
 */
export const ensurePermissionSet: StepExecutor = async context => {
  const input = inputOf(context, 'ensurePermissionSet');
  if (input.arn) return edit(context, input.arn);
  const made = await createPermissionSet(context);
  return 'arn' in made ? edit(context, made.arn) : made;
};

async function edit(context: StepContext, arn: string): Promise<StepOutcome> {
  const { clouds, pace } = context;
  const { name, after } = inputOf(context, 'ensurePermissionSet');
  const current = await unlessMissing(() =>
    clouds.aws.describePermissionSet(arn),
  );
  const open = (await openIntentsOf(context)).filter(
    ({ operation }) => operation !== 'sso-admin:CreatePermissionSet',
  );
  const waiting: StepOutcome = {
    kind: 'waiting',
    detail: `AWS does not show all of the permission set ${name} yet`,
    retryInMs: pace.operationMs,
  };
  if (!current) {
    // A new set may be shown in one place and not yet in another.
    if (inputOf(context, 'ensurePermissionSet').arn === null) return waiting;
    throw new StepFailedError(
      `The permission set ${name} (${arn}) of the approved plan is not there any more`,
    );
  }

  const way = wayOf(context, arn);
  const rest = remainingPermissionSetEdits(way, current);
  if (!rest) {
    // Edits that have just been sent may be shown out of order for a moment.
    if (open.some(({ settling }) => settling)) return waiting;
    throw new StepFailedError(
      `The permission set ${name} (${arn}) was changed since the approval: it is neither as it was then nor as it was approved. Ask again, so that people decide on what it is now.`,
    );
  }
  const done = way.edits.length - rest.length;
  const positionOf = (objectKey: string) =>
    way.edits.findIndex((_, position) => keyOf(arn, position) === objectKey);
  await concludeIntents(
    context,
    open
      .filter(({ objectKey }) => positionOf(objectKey) < done)
      .map(intent => ({ intent, state: 'confirmed' as const })),
  );
  if (rest.length === 0) {
    // A change of a set that is there leaves nothing to take back.
    const { arn: known, adopts } = inputOf(context, 'ensurePermissionSet');
    if (known === null || adopts) {
      await recordLeases(context, [
        {
          kind: 'permissionSet',
          arn,
          stepId: adopts ? null : context.step.id,
          name: after.name,
        },
      ]);
    }
    return { kind: 'done', result: { permissionSetArn: arn } };
  }
  const isSettling = open.some(
    ({ objectKey, settling }) => settling && positionOf(objectKey) >= done,
  );
  if (isSettling) return waiting;

  await send(context, { arn, rest, done, current });
  return { kind: 'lookAgain', detail: waiting.detail };
}

/** Sends the edits one after the other: their order is what makes them safe. */
async function send(
  context: StepContext,
  next: {
    arn: string;
    rest: PermissionSetEdit[];
    done: number;
    current: unknown;
  },
): Promise<void> {
  const { arn, rest, done, current } = next;
  const ids = await recordIntents(context, {
    writes: rest.map((one, index) => ({
      objectKey: keyOf(arn, done + index),
      write: editPermissionSetWrite(arn, one),
      before: current,
    })),
  });
  for (const [index, one] of rest.entries()) {
    await sendWrite(
      context,
      ids[index],
      editPermissionSetWrite(arn, one),
      seal => context.clouds.aws.editPermissionSet(seal, arn, one),
    );
  }
}

function wayOf(context: StepContext, arn: string) {
  const input = inputOf(context, 'ensurePermissionSet');
  const before = input.arn === null ? null : input.before;
  const partition = arn.split(':')[1];
  return {
    before: before ?? newPermissionSet(input.after),
    edits: planPermissionSetEdits(before, input.after, partition),
  };
}

/** Each edit has a key of its own: the same one may come twice on the way. */
function keyOf(arn: string, position: number): string {
  const set = leaseObjectKey({
    kind: 'permissionSet',
    arn,
    stepId: null,
    name: '',
  });
  return `${set}/edit/${position}`;
}

import { createPermissionSetWrite } from '../../clouds/awsWrites';
import { CloudError } from '../../clouds/CloudError';
import { unlessMissing } from '../../clouds/unlessMissing';
import { LeaseObject, leaseObjectKey } from '../../leases/LeaseStore';
import { concludeIntents } from '../running/concludeIntents';
import { IntentRow } from '../stores/IntentStore';
import { openIntentsOf } from '../running/openIntentsOf';
import { recordIntents } from '../running/recordIntents';
import { sendWrite } from '../running/sendWrite';
import { inputOf, StepContext, StepOutcome } from '../running/StepExecutor';
import { StepFailedError } from '../running/StepFailedError';
import { findPermissionSetByName } from './findPermissionSetByName';
import { newPermissionSet } from './planPermissionSetEdits';

const OPERATION = 'sso-admin:CreatePermissionSet';

/**
 * Makes the permission set of the step, still without policies. The marks that it
 * is born with name this installation and this step, so that a creation whose
 * answer was lost is known again, and a set of somebody else is never taken for
 * ours (security rule 20).
 *
 * @returns the ARN once AWS shows the set; else what the step does meanwhile
 * @throws StepFailedError when somebody else has a set of the name
 */
export async function createPermissionSet(
  context: StepContext,
): Promise<{ arn: string } | StepOutcome> {
  const { step, stores, clouds } = context;
  const { name, after } = inputOf(context, 'ensurePermissionSet');
  const intents = await stores.provisioning.intents.listOfStep(step.id);
  const confirmed = intents.find(
    ({ operation, state }) => operation === OPERATION && state === 'confirmed',
  );
  if (confirmed) return { arn: String(confirmed.result!.permissionSetArn) };

  const open = (await openIntentsOf(context)).find(
    ({ operation }) => operation === OPERATION,
  );
  const waiting: StepOutcome = {
    kind: 'waiting',
    detail: `AWS does not show the new permission set ${name} yet`,
    retryInMs: context.pace.operationMs,
  };
  // Only what was sent before can be there.
  const known = open && (await findCreated(context, open));
  if (known) {
    await concludeAsOurs(context, open, known);
    return { arn: known };
  }
  if (open?.settling) return waiting;

  const marks = {
    installation: await stores.installation.getId(),
    stepId: step.id,
  };
  const document = newPermissionSet(after);
  const write = createPermissionSetWrite(document, marks);
  const object: LeaseObject = {
    kind: 'permissionSet',
    arn: null,
    stepId: step.id,
    name,
  };
  const [intentId] = await recordIntents(context, {
    writes: [{ objectKey: leaseObjectKey(object), write, before: null }],
    leases: [object],
  });
  try {
    await sendWrite(
      context,
      intentId,
      write,
      seal => clouds.aws.createPermissionSet(seal, document, marks),
      arn => ({ permissionSetArn: arn }),
    );
  } catch (error) {
    // AWS refuses a name that is there: an earlier attempt's, or a stranger's.
    const taken =
      error instanceof CloudError && error.code === 'ConflictException';
    if (!taken || !(await nameIsThere(context))) throw error;
  }
  return { kind: 'lookAgain', detail: waiting.detail };
}

/** The set that the recorded creation made, as far as AWS shows it. */
async function findCreated(
  context: StepContext,
  open: IntentRow,
): Promise<string | undefined> {
  const { name } = inputOf(context, 'ensurePermissionSet');
  const answered = open.result?.permissionSetArn;
  const arn =
    typeof answered === 'string' && answered !== ''
      ? answered
      : await findPermissionSetByName(context, name);
  if (!arn) return undefined;
  const isOurs = await hasOurMarks(context, arn);
  if (isOurs === false) {
    await concludeIntents(context, [{ intent: open, state: 'abandoned' }]);
    throw strangers(name, arn);
  }
  return isOurs && arn;
}

async function nameIsThere(context: StepContext): Promise<boolean> {
  const { name } = inputOf(context, 'ensurePermissionSet');
  return (await findPermissionSetByName(context, name)) !== undefined;
}

/** Undefined = AWS does not show the set. */
async function hasOurMarks(
  { clouds, step, stores }: StepContext,
  arn: string,
): Promise<boolean | undefined> {
  const marks = await unlessMissing(() =>
    clouds.aws.getPermissionSetMarks(arn),
  );
  if (marks === undefined) return undefined;
  return (
    marks?.stepId === step.id &&
    marks.installation === (await stores.installation.getId())
  );
}

async function concludeAsOurs(
  context: StepContext,
  intent: IntentRow,
  arn: string,
): Promise<void> {
  const { name } = inputOf(context, 'ensurePermissionSet');
  await concludeIntents(context, [
    {
      intent,
      state: 'confirmed',
      result: { permissionSetArn: arn },
      identified: {
        kind: 'permissionSet',
        arn,
        stepId: context.step.id,
        name,
      },
    },
  ]);
}

function strangers(name: string, arn: string): StepFailedError {
  return new StepFailedError(
    `There is a permission set named ${name} already (${arn}), and this request did not make it. Ask for another name, or have that one removed, then try again.`,
  );
}

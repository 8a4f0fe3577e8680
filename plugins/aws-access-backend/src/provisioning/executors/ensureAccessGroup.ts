import { randomBytes } from 'node:crypto';
import { CloudError } from '../../clouds/CloudError';
import { createGroupWrite } from '../../clouds/entraWrites';
import { EntraGroup } from '../../clouds/EntraCloud';
import { LeaseObject, leaseObjectKey } from '../../leases/LeaseStore';
import { concludeIntents } from '../running/concludeIntents';
import { openIntentsOf } from '../running/openIntentsOf';
import { recordIntents, recordLeases } from '../running/recordIntents';
import { sendWrite } from '../running/sendWrite';
import { inputOf, StepContext, StepExecutor } from '../running/StepExecutor';
import { StepFailedError } from '../running/StepFailedError';
import { requireFreeGroupName } from './requireFreeGroupName';
import { requireUsableGroup } from './requireUsableGroup';

/** Marks groups that this product made; the random part follows. */
const UNIQUE_NAME_PREFIX = 'awsaccess-';

/**
 * The Entra group exists and can carry access. A new one is made by an upsert on a random
 * unique name that is on record before the call, so that a lost answer cannot
 * make two, and nobody else's group is ever changed (security rule 14).
 */
export const ensureAccessGroup: StepExecutor = async context => {
  const input = inputOf(context, 'ensureAccessGroup');
  if (input.entraGroupId) return findExisting(context, input.entraGroupId);

  const [open] = await openIntentsOf(context);
  const confirmed = await confirmedGroup(context);
  if (confirmed) return confirmed;

  const uniqueName =
    open?.nonce ?? `${UNIQUE_NAME_PREFIX}${randomBytes(16).toString('hex')}`;
  const { entra } = context.clouds;
  // Only a name that was sent before can be there.
  const group = open && (await entra.findGroupByUniqueName(uniqueName));
  if (group) {
    requireOurs(group, uniqueName, input.displayName);
    await concludeIntents(context, [
      {
        intent: open,
        state: 'confirmed',
        result: { entraGroupId: group.groupId },
        identified: groupObject(group.groupId, uniqueName, input.displayName),
      },
    ]);
    return (await confirmedGroup(context))!;
  }
  if (open?.settling) {
    return {
      kind: 'waiting',
      detail: `Entra does not show the new group ${input.displayName} yet`,
      retryInMs: context.pace.operationMs,
    };
  }

  await requireFreeGroupName(context, input.displayName, uniqueName);
  const document = {
    uniqueName,
    displayName: input.displayName,
    description: input.description,
  };
  const write = createGroupWrite(document);
  const object = groupObject(null, uniqueName, input.displayName);
  const [intentId] = await recordIntents(context, {
    writes: [
      {
        objectKey: leaseObjectKey(object),
        write,
        before: null,
        nonce: uniqueName,
      },
    ],
    leases: [object],
  });
  try {
    await sendWrite(
      context,
      intentId,
      write,
      seal => entra.createGroup(seal, document),
      answer => ({ created: answer.created, entraGroupId: answer.groupId }),
    );
  } catch (error) {
    // An earlier attempt may have made the group without Entra showing it yet;
    // Entra then refuses to give it owners a second time.
    const made =
      error instanceof CloudError &&
      error.kind === 'permanent' &&
      (await entra.findGroupByUniqueName(uniqueName));
    if (!made) throw error;
  }
  return {
    kind: 'lookAgain',
    detail: `Entra does not show the new group ${input.displayName} yet`,
  };
};

async function findExisting(context: StepContext, entraGroupId: string) {
  const group = await requireUsableGroup(context.clouds.entra, entraGroupId);
  await recordLeases(context, [
    groupObject(entraGroupId, group.uniqueName, group.displayName),
  ]);
  return { kind: 'done' as const, result: { entraGroupId } };
}

/** The group whose creation was seen, once it can be read by its id. */
async function confirmedGroup(context: StepContext) {
  const { stores, step, clouds, pace } = context;
  const intents = await stores.provisioning.intents.listOfStep(step.id);
  const entraGroupId = intents.find(intent => intent.state === 'confirmed')
    ?.result?.entraGroupId;
  if (typeof entraGroupId !== 'string') return undefined;
  const group = await clouds.entra.getGroup(entraGroupId);
  return group
    ? { kind: 'done' as const, result: { entraGroupId } }
    : {
        kind: 'waiting' as const,
        detail: 'Entra does not show the new group everywhere yet',
        retryInMs: pace.operationMs,
      };
}

function groupObject(
  entraGroupId: string | null,
  uniqueName: string | null,
  displayName: string,
): LeaseObject {
  return { kind: 'accessGroup', entraGroupId, uniqueName, displayName };
}

function requireOurs(group: EntraGroup, uniqueName: string, name: string) {
  if (group.uniqueName !== uniqueName || group.displayName !== name) {
    throw new StepFailedError(
      `Entra answered the creation of ${name} with the group ${group.displayName} (${group.groupId}), which is not the one that was asked for`,
    );
  }
}

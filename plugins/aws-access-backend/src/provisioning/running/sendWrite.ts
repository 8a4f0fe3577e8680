import { NotAllowedError } from '@backstage/errors';
import { CloudWrite, Sealing } from '../../clouds/CloudWriteGate';
import { describeStop } from '../../operations/describeStop';
import { FenceLostError } from '../../organizations/FenceLostError';
import {
  concludeRefused,
  isDefiniteRefusal,
  isThrottled,
} from './concludeRefused';
import { StepContext } from './StepExecutor';
import { StepFailedError } from './StepFailedError';
import { StepWaitError } from './StepWaitError';

/**
 * Sends one recorded write, once, through the gate, and keeps the cloud's answer.
 * The database is asked when the write's turn has come, and not before it waits.
 * Whether it happened is for the next look at the cloud to say.
 *
 * @throws FenceLostError when the work is not the caller's any more
 * @throws CloudError from the cloud
 */
export async function sendWrite<T>(
  context: StepContext,
  intentId: string,
  write: CloudWrite,
  send: (seal: Sealing) => Promise<T>,
  answer: (result: T) => Record<string, unknown> = () => ({}),
): Promise<T> {
  const { claim, clouds, stores } = context;
  const result = await sendSealed();
  try {
    await stores.provisioning.intents.recordAnswer(claim, intentId, {
      answered: true,
      ...answer(result),
    });
  } catch (error) {
    if (error instanceof FenceLostError) {
      await auditUnfencedWrite(context, intentId, write);
    }
    throw error;
  }
  return result;

  async function sendSealed(): Promise<T> {
    try {
      return await send(async () => {
        const sealed = await clouds.gate.authorize(
          {
            organizationId: claim.organizationId,
            intentId,
            epoch: claim.epoch,
          },
          write,
        );
        await stores.provisioning.intents.recordSending(claim, intentId);
        return sealed;
      });
    } catch (error) {
      // Not in the write's turn, which others wait for.
      if (error instanceof NotAllowedError) {
        await fenceAgain(context);
        await concludeRefused(context, intentId);
        await explainRefusal(context, write);
      }
      if (isDefiniteRefusal(error)) await concludeRefused(context, intentId);
      if (isThrottled(error)) {
        await stores.provisioning.intents.recordAnswer(claim, intentId, {
          throttled: true,
        });
      }
      throw error;
    }
  }
}

/** A gate that refuses because the work is somebody else's concludes nothing. */
async function fenceAgain({ stores, claim, step }: StepContext): Promise<void> {
  await stores.organizations.fence(claim);
  await stores.provisioning.steps.fence(claim, step.id);
}

/** Says why the database does not allow the write at this moment. */
async function explainRefusal(
  { stores, claim, step, pace }: StepContext,
  { operation }: CloudWrite,
): Promise<never> {
  const organization = await stores.organizations.get(claim.organizationId);
  if (organization?.heldReason) {
    throw new StepWaitError(
      `All writes are held: ${organization.heldReason}`,
      pace.maxBackoffMs,
    );
  }
  const stop = describeStop(
    await stores.writeStops.listLive(claim.organizationId),
    step.phase,
  );
  if (stop) throw new StepWaitError(stop, pace.scimMs);
  throw new StepFailedError(
    `The approval does not allow this any more (${operation}): it has lapsed or was taken back. Give the request back and ask again.`,
  );
}

/** The write went out although somebody else has the work (security rule 21). */
async function auditUnfencedWrite(
  { stores, claim, step }: StepContext,
  intentId: string,
  { operation }: CloudWrite,
): Promise<void> {
  await stores.transaction(transaction =>
    transaction.audit.append({
      organizationId: claim.organizationId,
      kind: 'cloud.write-unfenced',
      actor: null,
      requestId: step.requestId,
      data: { operation, intentId, stepId: step.id, epoch: claim.epoch },
    }),
  );
}

import { NotAllowedError } from '@backstage/errors';
import { CloudWrite, SealedWrite } from '../../clouds/CloudWriteGate';
import { describeStop } from '../../operations/describeStop';
import { FenceLostError } from '../../organizations/FenceLostError';
import { StepContext } from './StepExecutor';
import { StepFailedError } from './StepFailedError';
import { StepWaitError } from './StepWaitError';

/**
 * Sends one recorded write, once, through the gate, and keeps the cloud's answer.
 * Whether it happened is for the next look at the cloud to say.
 *
 * @throws FenceLostError when the work is not the caller's any more
 * @throws CloudError from the cloud
 */
export async function sendWrite<T>(
  context: StepContext,
  intentId: string,
  write: CloudWrite,
  send: (seal: SealedWrite) => Promise<T>,
  answer: (result: T) => Record<string, unknown> = () => ({}),
): Promise<T> {
  const { claim, clouds, stores } = context;
  const seal = await authorize(context, intentId, write);
  const result = await send(seal);
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

  async function authorize(
    { step }: StepContext,
    id: string,
    { operation }: CloudWrite,
  ): Promise<SealedWrite> {
    try {
      return await clouds.gate.authorize(
        {
          organizationId: claim.organizationId,
          intentId: id,
          epoch: claim.epoch,
        },
        write,
      );
    } catch (error) {
      if (!(error instanceof NotAllowedError)) throw error;
      await stores.organizations.fence(claim);
      await stores.provisioning.steps.fence(claim, step.id);
      const organization = await stores.organizations.get(claim.organizationId);
      if (organization?.heldReason) {
        throw new StepWaitError(
          `All writes are held: ${organization.heldReason}`,
          context.pace.maxBackoffMs,
        );
      }
      const stop = describeStop(
        await stores.writeStops.listLive(claim.organizationId),
        step.phase,
      );
      if (stop) throw new StepWaitError(stop, context.pace.scimMs);
      throw new StepFailedError(
        `The approval does not allow this any more (${operation}): it has lapsed or was taken back. Give the request back and ask again.`,
      );
    }
  }
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

import { NotFoundError } from '@backstage/errors';
import { notify } from '../awareness/notify';
import { RootStores } from '../database/Stores';
import { Claim } from '../organizations/OrganizationStore';
import { OPERATORS } from '../outbox/OutboxStore';
import { MandateRow } from './MandateStore';

/** Stands in place of a reason once an operator has said go. */
export const RELEASED = 'released';

/**
 * Stops a mandate until an operator says go: too much would be taken away at
 * once, or what it goes by cannot be trusted. Says so once.
 *
 * @throws FenceLostError when the work is not the caller's any more
 */
export async function holdMandate(
  stores: RootStores,
  claim: Claim,
  mandate: MandateRow,
  reason: string,
): Promise<void> {
  await stores.transaction(async transaction => {
    await transaction.organizations.fence(claim);
    const live = await transaction.mandates.lockLive(mandate.id);
    if (!live || live.heldReason !== null) return;
    await transaction.mandates.hold(mandate.id, reason);
    await transaction.requests.appendTimeline({
      requestId: mandate.requestId,
      kind: 'stateChanged',
      actorRef: null,
      text: `Stopped keeping it true: ${reason} An operator has to say go.`,
    });
    const request = (await transaction.requests.get(mandate.requestId))!;
    await notify(transaction, request, null, {
      to: [OPERATORS],
      topic: 'stuck',
      title: `Request ${request.number} waits for an operator`,
      description: `It is not kept true: ${reason}`,
      severity: 'high',
    });
    await transaction.audit.append({
      organizationId: mandate.organizationId,
      kind: 'mandate.held',
      actor: null,
      requestId: mandate.requestId,
      data: { mandateId: mandate.id },
    });
  });
}

/**
 * An operator has looked: a held mandate goes on, whatever it takes away.
 *
 * @param actorRef - the operator's
 * @throws NotFoundError when the request has no mandate that is held
 */
export async function releaseMandate(
  stores: RootStores,
  of: { requestId: string; mandateId: string; actorRef: string },
): Promise<void> {
  await stores.transaction(async transaction => {
    const mandate = await transaction.mandates.lockLive(of.mandateId);
    if (mandate?.requestId !== of.requestId || mandate.heldReason === null) {
      throw new NotFoundError('There is no such mandate that waits');
    }
    // The mark says that the next look may take away as much as it finds.
    await transaction.mandates.hold(mandate.id, RELEASED);
    await transaction.requests.appendTimeline({
      requestId: mandate.requestId,
      kind: 'retried',
      actorRef: of.actorRef,
      text: 'It is kept true again, as an operator has decided',
    });
    await transaction.audit.append({
      organizationId: mandate.organizationId,
      kind: 'mandate.released',
      actor: of.actorRef,
      requestId: mandate.requestId,
      data: { mandateId: mandate.id },
    });
  });
}

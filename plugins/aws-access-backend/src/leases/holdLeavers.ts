import { ConflictError } from '@backstage/errors';
import { tellOfLeavers } from '../awareness/tellOfLeavers';
import { RootStores } from '../database/Stores';
import { Claim } from '../organizations/OrganizationStore';

/**
 * Lets nobody's access end until an operator says go: more people seem to have
 * left Entra at once than go without asking. Says so whenever it is another number
 * of them.
 *
 * @param people - object ids in Entra
 * @throws FenceLostError when the work is not the caller's any more
 */
export async function holdLeavers(
  stores: RootStores,
  claim: Claim,
  people: string[],
): Promise<void> {
  const { organizationId } = claim;
  await stores.transaction(async transaction => {
    await transaction.organizations.fence(claim);
    const held = await transaction.heldLeavers.get(organizationId);
    await transaction.heldLeavers.hold(organizationId, people);
    const isKnown =
      held && !held.releasedAt && held.people.length === people.length;
    if (isKnown) return;
    await transaction.audit.append({
      organizationId,
      kind: 'leavers.held',
      actor: null,
      requestId: null,
      data: { people: people.length },
    });
    await tellOfLeavers(transaction, organizationId, people.length);
  });
}

/**
 * An operator has looked: the access of these people ends at the next look.
 *
 * @param of.people - how many the operator has seen
 * @throws ConflictError when not so many wait
 */
export async function releaseLeavers(
  stores: RootStores,
  of: { organizationId: string; people: number; actorRef: string },
): Promise<void> {
  const { organizationId, people, actorRef } = of;
  await stores.transaction(async transaction => {
    if (!(await transaction.heldLeavers.release(organizationId, people))) {
      throw new ConflictError(
        'Not so many people wait for it any more: look again',
      );
    }
    await transaction.audit.append({
      organizationId,
      kind: 'leavers.released',
      actor: actorRef,
      requestId: null,
      data: { people },
    });
  });
}

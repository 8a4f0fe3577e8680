import { OrganizationPins } from 'backstage-plugin-aws-access-common';
import { RootStores } from '../database/Stores';
import { SaidPins } from './askCloud';
import { comparePins, isComplete, PINS_HOLD } from './comparePins';

/** What the clouds said of themselves. */
export interface Contact {
  /** What was said at first contact. */
  pins: OrganizationPins;
  /** How they differ from those of first contact; null = they are the same. */
  mismatch: string | null;
  /** Why writes are held, for this or another cause; null = they are not. */
  held: string | null;
}

/**
 * Records what the clouds said of themselves. What both said first is pinned; what
 * either of them says later and differs holds all writes of the organization, until
 * both have said the same again (security rule 23).
 *
 * @param said - by both clouds, or by the one that answered
 * @returns undefined = nothing is pinned yet, and only one of them has answered
 */
export async function recordContact(
  stores: Pick<RootStores, 'organizations' | 'transaction'>,
  organizationId: string,
  said: SaidPins,
): Promise<Contact | undefined> {
  const current = { organizationId, ...said };
  const isWhole = isComplete(current);
  const organization = isWhole
    ? await stores.organizations.pin(current)
    : await stores.organizations.get(organizationId);
  if (!organization?.pins) return undefined;
  const { pins, heldReason } = organization;
  const mismatch = comparePins(pins, current);
  const held = heldUntilBothAgree(heldReason, mismatch, isWhole);
  if (held !== heldReason) {
    await stores.transaction(async transaction => {
      await transaction.organizations.hold(organizationId, held);
      await transaction.audit.append({
        organizationId,
        kind: held ? 'organization.held' : 'organization.released',
        actor: null,
        requestId: null,
        data: { pinned: pins, current },
      });
    });
  }
  return { pins, mismatch, held };
}

function heldUntilBothAgree(
  held: string | null,
  mismatch: string | null,
  isWhole: boolean,
): string | null {
  // Holds of other causes are for people to lift.
  if (held !== null && !held.startsWith(PINS_HOLD)) return held;
  // One cloud that is the same says nothing of the other one.
  return isWhole ? mismatch : held ?? mismatch;
}

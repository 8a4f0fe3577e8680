import { OrganizationClouds } from '../clouds/OrganizationClouds';
import { RootStores } from '../database/Stores';
import { comparePins, PINS_HOLD } from './comparePins';

/** What the clouds said of themselves. */
export interface Contact {
  /** How they differ from those of first contact; null = they are the same. */
  mismatch: string | null;
  /** Why writes are held, for this or another cause; null = they are not. */
  held: string | null;
}

/**
 * Asks both clouds who they are. The first answer is pinned; a later one that
 * differs holds all writes of the organization until it is the same again
 * (security rule 23).
 *
 * @throws CloudError when a cloud does not say
 */
export async function makeContact(
  stores: Pick<RootStores, 'organizations' | 'transaction'>,
  clouds: OrganizationClouds,
  organizationId: string,
): Promise<Contact> {
  const [instance, tenant] = await Promise.all([
    clouds.aws.describeInstance(),
    clouds.entra.describeTenant(),
  ]);
  const current = {
    organizationId,
    instanceArn: instance.instanceArn,
    identityStoreId: instance.identityStoreId,
    managementAccountId: instance.managementAccountId,
    tenantId: tenant.tenantId,
    enterpriseApplicationId: tenant.enterpriseApplicationId,
  };
  const organization = await stores.organizations.pin(current);
  const mismatch = comparePins(organization.pins!, current);
  const held = organization.heldReason;
  // Holds of other causes are for people to lift.
  const caused = held === null || held.startsWith(PINS_HOLD);
  if (caused && held !== mismatch) {
    await stores.transaction(async transaction => {
      await transaction.organizations.hold(organizationId, mismatch);
      await transaction.audit.append({
        organizationId,
        kind: mismatch ? 'organization.held' : 'organization.released',
        actor: null,
        requestId: null,
        data: { pinned: organization.pins, current },
      });
    });
  }
  return { mismatch, held: caused ? mismatch : held };
}

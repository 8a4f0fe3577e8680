import { OrganizationClouds } from '../clouds/OrganizationClouds';
import { RootStores } from '../database/Stores';
import { comparePins, PINS_HOLD } from './comparePins';

/**
 * Asks both clouds who they are. The first answer is pinned; a later one that
 * differs holds all writes of the organization until it is the same again
 * (security rule 23).
 *
 * @returns why writes are held; null = they are not
 * @throws CloudError when a cloud does not say
 */
export async function makeContact(
  stores: RootStores,
  clouds: OrganizationClouds,
  organizationId: string,
): Promise<string | null> {
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
  return caused ? mismatch : held;
}

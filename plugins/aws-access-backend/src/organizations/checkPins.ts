import { OrganizationPins } from 'backstage-plugin-aws-access-common';
import { OrganizationClouds } from '../clouds/OrganizationClouds';
import { OrganizationRow, OrganizationStore } from './OrganizationStore';

/** How a reason begins that is taken back when the ids agree again. */
const MISMATCH = 'The clouds are not those of first contact';

const NAMES: Record<keyof Omit<OrganizationPins, 'organizationId'>, string> = {
  instanceArn: 'Identity Center instance',
  identityStoreId: 'identity store',
  managementAccountId: 'management account',
  tenantId: 'Entra tenant',
  enterpriseApplicationId: 'enterprise application',
};

/**
 * Compares the clouds behind the configuration with those of first contact, and
 * pins them when this is it (security rule 23). A difference means a wrong
 * configuration, or a database that was cloned or restored: it holds all writes
 * until the ids agree again.
 *
 * @returns the reason of the mismatch, or undefined where all is well
 * @throws CloudError when a cloud cannot be asked
 */
export async function checkPins(
  organizations: OrganizationStore,
  organizationId: string,
  clouds: OrganizationClouds,
): Promise<string | undefined> {
  const [instance, tenant] = await Promise.all([
    clouds.aws.describeInstance(),
    clouds.entra.describeTenant(),
  ]);
  const found: OrganizationPins = {
    organizationId,
    instanceArn: instance.instanceArn,
    identityStoreId: instance.identityStoreId,
    managementAccountId: instance.managementAccountId,
    tenantId: tenant.tenantId,
    enterpriseApplicationId: tenant.enterpriseApplicationId,
  };
  const row = await organizations.pin(found);
  const mismatch = describeMismatch(row, found);
  if (mismatch) {
    await organizations.hold(organizationId, mismatch);
  } else if (row.heldReason?.startsWith(MISMATCH)) {
    await organizations.hold(organizationId, null);
  }
  return mismatch;
}

function describeMismatch(
  row: OrganizationRow,
  found: OrganizationPins,
): string | undefined {
  const differing = Object.entries(NAMES).flatMap(([key, name]) => {
    const pinned = row.pins?.[key as keyof OrganizationPins];
    const present = found[key as keyof OrganizationPins];
    return pinned === present ? [] : `${name} ${present} instead of ${pinned}`;
  });
  return differing.length > 0
    ? `${MISMATCH}: ${differing.join(', ')}`
    : undefined;
}

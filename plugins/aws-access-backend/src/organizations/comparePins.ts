import { OrganizationPins } from 'backstage-plugin-aws-access-common';

/** Begins the reason of a hold that the pins cause, and that matching pins lift. */
export const PINS_HOLD = 'The clouds are not the ones of first contact:';

const LABELS: Record<keyof OrganizationPins, string> = {
  organizationId: 'the organization',
  instanceArn: 'the IAM Identity Center instance',
  identityStoreId: 'the identity store',
  managementAccountId: 'the management account',
  tenantId: 'the Entra tenant',
  enterpriseApplicationId: 'the enterprise application',
};

const PINS = Object.keys(LABELS) as Array<keyof OrganizationPins>;

/** Whether both clouds have said everything that is pinned. */
export function isComplete(
  pins: Partial<OrganizationPins>,
): pins is OrganizationPins {
  return PINS.every(key => pins[key] !== undefined);
}

/**
 * Compares what the clouds say now with the pins of first contact (security rule
 * 23). A difference means a wrong configuration, or a database that was cloned
 * or restored next to other clouds.
 *
 * @param current - as far as the clouds have said it
 * @returns what to say about it; null = they are the same
 */
export function comparePins(
  pinned: OrganizationPins,
  current: Partial<OrganizationPins>,
): string | null {
  const differences = PINS.filter(
    key => current[key] !== undefined && pinned[key] !== current[key],
  ).map(key => `${LABELS[key]} was ${pinned[key]} and is ${current[key]}`);
  return differences.length > 0
    ? `${PINS_HOLD} ${differences.join(', ')}`
    : null;
}

import { OrganizationPins } from 'backstage-plugin-aws-access-common';
import { CloudError } from '../clouds/CloudError';
import { OrganizationClouds } from '../clouds/OrganizationClouds';

/** One of the two clouds of an organization. */
export type CloudName = CloudError['cloud'];

/** Both of them, in the order in which access ends. */
export const CLOUDS: readonly CloudName[] = ['aws', 'entra'];

/** What one cloud, or both, said of themselves. */
export type SaidPins = Partial<Omit<OrganizationPins, 'organizationId'>>;

/**
 * Asks one cloud who it is.
 *
 * @throws CloudError when it does not say
 */
export async function askCloud(
  clouds: OrganizationClouds,
  cloud: CloudName,
): Promise<SaidPins> {
  if (cloud === 'aws') {
    const { instanceArn, identityStoreId, managementAccountId } =
      await clouds.aws.describeInstance();
    return { instanceArn, identityStoreId, managementAccountId };
  }
  const { tenantId, enterpriseApplicationId } =
    await clouds.entra.describeTenant();
  return { tenantId, enterpriseApplicationId };
}

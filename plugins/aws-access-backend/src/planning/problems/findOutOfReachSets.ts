import { OrganizationPins } from 'backstage-plugin-aws-access-common';
import {
  accountOfCredentials,
  OrganizationConfig,
} from '../../config/AwsAccessConfig';
import { AwsCallerAccount } from '../../clouds/CredentialsCheck';
import { Stores } from '../../database/Stores';

/**
 * Those of the permission sets that only the management account may touch: a
 * delegated administrator is refused everything about a set that is assigned in
 * the management account. The stored inventory will do, because AWS has the last
 * word.
 */
export async function findOutOfReachSets(
  of: {
    organizationId: string;
    pins: OrganizationPins | null;
    config: OrganizationConfig;
    /** Where the credentials act, as far as it is known. */
    callerAccount?: AwsCallerAccount;
    permissionSetArns: string[];
  },
  stores: Pick<Stores, 'inventory'>,
): Promise<Set<string>> {
  const account = accountOfCredentials(of.config.aws.credentials);
  const managementAccountId = of.pins?.managementAccountId;
  const isElsewhere = account
    ? account !== managementAccountId
    : of.callerAccount === 'delegated';
  if (!managementAccountId || !isElsewhere) return new Set();
  const shared = await Promise.all(
    of.permissionSetArns.map(async arn => {
      const holders = await stores.inventory.facts.findHolders(
        of.organizationId,
        arn,
      );
      return holders.some(({ accountId }) => accountId === managementAccountId)
        ? [arn]
        : [];
    }),
  );
  return new Set(shared.flat());
}

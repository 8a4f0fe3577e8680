import { LoggerService } from '@backstage/backend-plugin-api';
import { RootStores } from '../database/Stores';
import { Claim } from '../organizations/OrganizationStore';
import { eachByItself } from '../requests/life/eachByItself';
import { endAccess } from './endAccess';
import { restoreHiddenState } from './restoreHiddenState';

const AT_ONCE = 50;

/**
 * Ends access whose time is over, by the database's clock, the longest overdue
 * first. One that cannot be ended keeps no other from ending.
 *
 * @throws FenceLostError when the work is not the caller's any more
 */
export async function expireAccess(
  stores: RootStores,
  claim: Claim,
  logger: Pick<LoggerService, 'error'>,
): Promise<void> {
  const expired = await stores.leases.listExpiredRequestIds(
    claim.organizationId,
    AT_ONCE,
  );
  // Somebody may give one back at the same moment, and be first.
  await eachByItself(expired, logger, 'end on time', id =>
    stores.transaction(async transaction => {
      await transaction.organizations.fence(claim);
      await transaction.provisioning.lockRequest(id);
      const request = await restoreHiddenState(
        transaction,
        (await transaction.requests.get(id))!,
      );
      if (!request) return;
      await endAccess(transaction, {
        request,
        actorRef: null,
        kind: 'expired',
        text: 'Its time is over',
      });
    }),
  );
}

import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { RootStores } from '../database/Stores';
import { FenceLostError } from '../organizations/FenceLostError';
import { Claim } from '../organizations/OrganizationStore';
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
  for (const id of expired) {
    try {
      await stores.transaction(async transaction => {
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
      });
    } catch (error) {
      if (error instanceof FenceLostError) throw error;
      // Somebody gave it back at the same moment, and was first.
      if (error instanceof ConflictError) continue;
      logger.error(`The access of request ${id} could not be ended: ${error}`);
    }
  }
}

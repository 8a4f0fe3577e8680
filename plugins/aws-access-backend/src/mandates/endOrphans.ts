import { LoggerService } from '@backstage/backend-plugin-api';
import { RootStores } from '../database/Stores';
import { Claim } from '../organizations/OrganizationStore';
import { eachByItself } from '../requests/life/eachByItself';
import { endFiled } from './leaveMandate';

const AT_ONCE = 50;

/**
 * What was taken in goes with the request that it was taken in for, and what
 * nobody has decided on need not be decided any more.
 *
 * @throws FenceLostError when the work is not the caller's any more
 */
export async function endOrphans(
  stores: RootStores,
  claim: Claim,
  logger: Pick<LoggerService, 'error'>,
): Promise<void> {
  const orphans = await stores.mandates.listOrphans(
    claim.organizationId,
    AT_ONCE,
  );
  await eachByItself(orphans, logger, 'end with what it was filed for', id =>
    stores.transaction(async transaction => {
      await transaction.organizations.fence(claim);
      await endFiled(
        transaction,
        id,
        'The request that it was filed for has ended.',
      );
    }),
  );
}

import { ConflictError } from '@backstage/errors';
import { RootStores } from '../database/Stores';
import { Claim } from '../organizations/OrganizationStore';
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
): Promise<void> {
  const orphans = await stores.mandates.listOrphans(
    claim.organizationId,
    AT_ONCE,
  );
  for (const id of orphans) {
    try {
      await stores.transaction(async transaction => {
        await transaction.organizations.fence(claim);
        await endFiled(
          transaction,
          id,
          'The request that it was filed for has ended.',
        );
      });
    } catch (error) {
      // It moved at the same moment; the next round looks again.
      if (!(error instanceof ConflictError)) throw error;
    }
  }
}

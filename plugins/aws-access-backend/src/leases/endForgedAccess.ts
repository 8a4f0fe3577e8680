import { LoggerService } from '@backstage/backend-plugin-api';
import { RootStores } from '../database/Stores';
import { Claim } from '../organizations/OrganizationStore';
import { eachByItself } from '../requests/life/eachByItself';
import { endAccess } from './endAccess';
import { restoreHiddenState } from './restoreHiddenState';

/**
 * Ends access whose end was written past this product: whoever moves an end in
 * the database, or says there that all is over, gains nothing by it (security
 * rule 24). One that cannot be ended keeps no other from ending.
 *
 * @throws FenceLostError when the work is not the caller's any more
 */
export async function endForgedAccess(
  stores: RootStores,
  claim: Claim,
  logger: Pick<LoggerService, 'error'>,
): Promise<void> {
  const forged = await stores.leases.listForgedRequestIds(claim.organizationId);
  await eachByItself(forged, logger, 'end although its end was forged', id =>
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
        kind: 'stateChanged',
        text: 'The record of its end was not written by this product, so it ends now',
        auditData: { forged: true },
      });
    }),
  );
}

import { LoggerService } from '@backstage/backend-plugin-api';
import { Duration } from 'luxon';
import { AwsAccessConfig } from '../../config/AwsAccessConfig';
import { RootStores } from '../../database/Stores';
import { Claim } from '../../organizations/OrganizationStore';
import { eachByItself } from '../../requests/life/eachByItself';
import { recordTransition } from '../../requests/life/recordTransition';

const AT_ONCE = 50;

/**
 * Requests nobody decided on, and approvals that never became a start, lapse:
 * time never approves, and an old approval is not an approval of today.
 *
 * @throws FenceLostError when the work is not the caller's any more
 */
export async function lapseRequests(
  stores: RootStores,
  claim: Claim,
  config: AwsAccessConfig['requests'],
  logger: Pick<LoggerService, 'error'>,
): Promise<void> {
  const lapsed = await stores.provisioning.work.listLapsed(
    claim.organizationId,
    {
      pendingSeconds: Duration.fromISO(config.lapsePendingAfter).as('seconds'),
      approvedSeconds: Duration.fromISO(config.lapseApprovedAfter).as(
        'seconds',
      ),
    },
    AT_ONCE,
  );
  // Somebody may decide at the same moment, and be first.
  await eachByItself(lapsed, logger, 'lapse', id =>
    stores.transaction(async transaction => {
      await transaction.organizations.fence(claim);
      await transaction.provisioning.lockRequest(id);
      const request = (await transaction.requests.get(id))!;
      if (request.state !== 'pending' && request.state !== 'approved') return;
      const text =
        request.state === 'pending'
          ? 'Lapsed: nobody decided in time'
          : 'Lapsed: the approval grew too old before the access could be set up';
      await transaction.provisioning.footprints.release(id);
      await transaction.provisioning.footprints.releaseNames(id);
      await recordTransition(transaction, {
        request,
        to: 'lapsed',
        actorRef: null,
        event: { kind: 'lapsed', text },
        patch: { stateReason: text },
      });
    }),
  );
}

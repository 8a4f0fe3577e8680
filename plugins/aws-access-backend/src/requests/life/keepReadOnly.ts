import { LoggerService } from '@backstage/backend-plugin-api';
import { sendNotices } from '../../awareness/sendNotices';
import { AwsAccessConfig } from '../../config/AwsAccessConfig';
import { RootStores } from '../../database/Stores';
import { lapseRequests } from '../../provisioning/starting/lapseRequests';
import { RequestKeeper } from './RequestKeeper';

/**
 * What waits is looked after in organizations that are read only, too: people
 * file and decide there, and nobody works through their queue. Whoever writes
 * does it in the rounds of the organization's worker.
 *
 * @param services.owner - a name of this process alone
 */
export async function keepReadOnly(services: {
  config: AwsAccessConfig;
  stores: RootStores;
  keeper: RequestKeeper;
  logger: LoggerService;
  owner: string;
}): Promise<void> {
  const { config, stores, keeper, logger, owner } = services;
  for (const [id, { writes }] of Object.entries(config.organizations)) {
    if (writes !== 'off') continue;
    const { claimSeconds } = config.worker;
    const claim = await stores.organizations.claim(id, owner, claimSeconds);
    if (!claim) continue;
    try {
      await lapseRequests(stores, claim, config.requests, logger);
      await keeper.keep(claim);
      await sendNotices(stores, claim, config.requests);
    } catch (error) {
      logger.warn(`Requests of ${id} could not be looked after: ${error}`);
    } finally {
      await stores.organizations.release(claim);
    }
  }
}

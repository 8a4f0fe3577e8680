import { LoggerService } from '@backstage/backend-plugin-api';
import { AwsAccessConfig } from '../config/AwsAccessConfig';
import { DatabaseFirstUse } from './DatabaseFirstUse';
import { HmacSeals } from './HmacSeals';
import { NO_SEALS, Seals } from './Seals';

/**
 * Seals with the configured keys, or without any, which is said once.
 *
 * @throws Error when the keys are not those that sealed the database
 */
export async function openSeals(
  knex: ConstructorParameters<typeof DatabaseFirstUse>[0],
  config: Pick<AwsAccessConfig, 'integrityKey'>,
  logger: LoggerService,
): Promise<Seals> {
  const [first, ...others] = config.integrityKey ?? [];
  if (first === undefined) {
    logger.info(
      'Decisions, authorizations and ends of access are not sealed: whoever writes to the database could change them. awsAccess.integrityKey seals them.',
    );
    return NO_SEALS;
  }
  const seals = new HmacSeals([first, ...others]);
  if (await new DatabaseFirstUse(knex, seals).begin()) {
    logger.warn(
      'Decisions, authorizations and ends of access are sealed from now on. What waited for a decision or for its start is decided anew.',
    );
  }
  return seals;
}

import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { FenceLostError } from '../../organizations/FenceLostError';

/**
 * Does something to one request after the other. One to which it cannot be done is
 * logged and keeps nothing from the others; one that moved at the same moment is
 * looked at again in the next round.
 *
 * @param what - what cannot be done then, to log: "request 12 could not ..."
 * @throws FenceLostError when the work is not the caller's any more
 */
export async function eachByItself(
  requestIds: string[],
  logger: Pick<LoggerService, 'error'>,
  what: string,
  work: (requestId: string) => Promise<void>,
): Promise<void> {
  for (const id of requestIds) {
    try {
      await work(id);
    } catch (error) {
      if (error instanceof FenceLostError) throw error;
      if (error instanceof ConflictError) continue;
      logger.error(`Request ${id} could not ${what}: ${error}`);
    }
  }
}

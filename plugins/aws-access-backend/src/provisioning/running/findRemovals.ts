import { Stores } from '../../database/Stores';
import { IntentRow } from '../stores/IntentStore';
import { writeEffect } from './writeEffect';

/**
 * Removals of any of the objects that are under way.
 *
 * @param options.orDoneSince - also those that were seen done at or after this
 *   moment of the database, unless the object was made again
 */
export async function findRemovals(
  stores: Stores,
  organizationId: string,
  objectKeys: string[],
  options: { orDoneSince?: string } = {},
): Promise<IntentRow[]> {
  const { orDoneSince } = options;
  const histories = await stores.provisioning.intents.listOfObjects(
    organizationId,
    [...new Set(objectKeys)],
  );
  return [...histories.values()].flatMap(history =>
    history.filter(({ confirmedAt, operation, state }, index) => {
      if (writeEffect(operation) !== 'removes') return false;
      if (state === 'intended') return true;
      return (
        state === 'confirmed' &&
        orDoneSince !== undefined &&
        confirmedAt !== null &&
        confirmedAt >= orDoneSince &&
        !history.slice(index + 1).some(isSeenCreation)
      );
    }),
  );
}

function isSeenCreation({ operation, state }: IntentRow): boolean {
  return writeEffect(operation) === 'creates' && state === 'confirmed';
}

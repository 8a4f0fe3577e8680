import { LeaseRow } from '../leases/LeaseStore';
import { IntentStore } from '../provisioning/stores/IntentStore';
import { findAdopted } from './findAdopted';

/**
 * The groups among the leased objects that were adopted, not made.
 *
 * @returns their Entra object ids
 */
export async function findAdoptedGroups(
  intents: Pick<IntentStore, 'listOfObjects'>,
  organizationId: string,
  leases: LeaseRow[],
): Promise<Set<string>> {
  const objects = leases.flatMap(({ object }) =>
    object.kind === 'accessGroup' ? object : [],
  );
  const adopted = await findAdopted(intents, organizationId, objects);
  return new Set(
    objects.flatMap(({ entraGroupId }) =>
      entraGroupId && adopted.has(`group/${entraGroupId}`) ? entraGroupId : [],
    ),
  );
}

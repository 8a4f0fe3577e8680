import { LeaseObject, leaseObjectKey } from '../leases/LeaseStore';
import { originOf } from '../provisioning/running/writeEffect';
import { IntentStore } from '../provisioning/stores/IntentStore';

/**
 * Which of the objects somebody else made, and an approved request took under
 * management.
 *
 * @returns their keys
 */
export async function findAdopted(
  intents: Pick<IntentStore, 'listOfObjects'>,
  organizationId: string,
  objects: LeaseObject[],
): Promise<Set<string>> {
  const found = await intents.listOfObjects(
    organizationId,
    objects.map(leaseObjectKey),
  );
  return new Set(
    [...found].flatMap(([key, ofObject]) =>
      originOf(ofObject) === 'adopted' ? [key] : [],
    ),
  );
}

import { Stores } from '../../database/Stores';
import { provesOurs } from '../../provisioning/running/writeEffect';

/** Whether recorded intents prove that this product made the object that is there. */
export async function isMadeByUs(
  stores: Pick<Stores, 'provisioning'>,
  organizationId: string,
  objectKey: string,
): Promise<boolean> {
  return provesOurs(
    await stores.provisioning.intents.listOfObject(organizationId, objectKey),
  );
}

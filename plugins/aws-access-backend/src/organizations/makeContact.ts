import { OrganizationClouds } from '../clouds/OrganizationClouds';
import { RootStores } from '../database/Stores';
import { askCloud, CLOUDS, SaidPins } from './askCloud';
import { Contact, recordContact } from './recordContact';

/**
 * Asks both clouds who they are, and records it. After first contact one of them
 * that answers is enough to be compared by itself.
 *
 * @throws CloudError when neither says who it is, or one does not at first contact
 */
export async function makeContact(
  stores: Pick<RootStores, 'organizations' | 'transaction'>,
  clouds: OrganizationClouds,
  organizationId: string,
): Promise<Contact> {
  const answers = await Promise.allSettled(
    CLOUDS.map(cloud => askCloud(clouds, cloud)),
  );
  const said: SaidPins = {};
  const failures: unknown[] = [];
  for (const answer of answers) {
    if (answer.status === 'fulfilled') Object.assign(said, answer.value);
    else failures.push(answer.reason);
  }
  if (failures.length === CLOUDS.length) throw failures[0];
  const contact = await recordContact(stores, organizationId, said);
  if (!contact) throw failures[0];
  return contact;
}

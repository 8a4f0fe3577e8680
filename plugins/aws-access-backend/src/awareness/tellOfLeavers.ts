import { Stores } from '../database/Stores';
import { OPERATORS, SECURITY } from '../outbox/OutboxStore';

/** Tells operators and security that many people seem to have left at once. */
export async function tellOfLeavers(
  stores: Pick<Stores, 'outbox'>,
  organizationId: string,
  people: number,
): Promise<void> {
  await stores.outbox.put({
    kind: 'notification',
    recipients: [OPERATORS, SECURITY],
    excludeRef: null,
    requestId: null,
    organizationId,
    title: `${people} people with access to ${organizationId} seem to have left Entra at once`,
    description:
      'Nothing of it has ended. Look in Entra whether it is right, then let it end on the operations page.',
    topic: 'limit',
    severity: 'high',
  });
}

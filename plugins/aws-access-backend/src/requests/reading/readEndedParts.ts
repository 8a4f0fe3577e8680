import { EndedPart, Plan } from 'backstage-plugin-aws-access-common';
import { Stores } from '../../database/Stores';
import { listParts } from '../../leases/listParts';

/**
 * The accounts in which owners ended what a request gives, as far as the reader
 * may know of them (security rule 29).
 *
 * @param shown - the request's plan as the reader is shown it
 */
export async function readEndedParts(
  stores: Pick<Stores, 'requests'>,
  requestId: string,
  shown: Pick<Plan, 'accounts'>,
): Promise<Array<Omit<EndedPart, 'by'> & { byRef: string | null }>> {
  const parts = await Promise.all(
    (
      await listParts(stores, requestId)
    ).map(async part => {
      const [{ plan }, [filed]] = await Promise.all([
        stores.requests.getPlan(part.id, part.planVersion),
        stores.requests.listTimeline(part.id),
      ]);
      return {
        accounts: shown.accounts.filter(({ id }) =>
          plan.accounts.some(account => account.id === id),
        ),
        at: part.createdAt,
        byRef: filed.actorRef,
        requestId: part.id,
        number: part.number,
      };
    }),
  );
  return parts.filter(({ accounts }) => accounts.length > 0);
}

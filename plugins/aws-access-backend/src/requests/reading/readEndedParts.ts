import { EndedPart, Plan } from 'backstage-plugin-aws-access-common';
import { Stores } from '../../database/Stores';
import { endedAccounts } from '../../leases/endedAccounts';
import { LeaseRow } from '../../leases/LeaseStore';
import { listParts } from '../../leases/listParts';
import { RequestRow } from '../stores/RequestStore';

/** A part before its person has a name. */
export type StoredEndedPart = Omit<EndedPart, 'by'> & { byRef: string | null };

/**
 * The accounts in which what a request gives has ended while the rest went on, as
 * far as the reader may know of them (security rule 29).
 *
 * @param leases - all of the request
 * @param shown - the request's plan as the reader is shown it
 */
export async function readEndedParts(
  stores: Pick<Stores, 'requests'>,
  row: Pick<RequestRow, 'id' | 'state'>,
  leases: Array<Pick<LeaseRow, 'object' | 'endedAt'>>,
  shown: Pick<Plan, 'accounts'>,
): Promise<StoredEndedPart[]> {
  const parts = await readPartsOfOwners(stores, row.id, shown);
  // At the end of the whole every account has ended, and that is no part.
  return row.state === 'active'
    ? [...parts, ...findTakenAway(leases, parts, shown)]
    : parts;
}

/** What owners ended became requests of their own. */
async function readPartsOfOwners(
  stores: Pick<Stores, 'requests'>,
  requestId: string,
  shown: Pick<Plan, 'accounts'>,
): Promise<StoredEndedPart[]> {
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
        request: { id: part.id, number: part.number },
      };
    }),
  );
  return parts.filter(({ accounts }) => accounts.length > 0);
}

/** What an approved removal took from everybody; the timeline says which one. */
function findTakenAway(
  leases: Array<Pick<LeaseRow, 'object' | 'endedAt'>>,
  known: StoredEndedPart[],
  shown: Pick<Plan, 'accounts'>,
): StoredEndedPart[] {
  const ended = endedAccounts(leases);
  const saidAlready = new Set(
    known.flatMap(({ accounts }) => accounts.map(({ id }) => id)),
  );
  return shown.accounts
    .filter(({ id }) => ended.has(id) && !saidAlready.has(id))
    .map(account => ({
      accounts: [account],
      at: leases
        .flatMap(({ object, endedAt }) =>
          'accountId' in object && object.accountId === account.id
            ? endedAt ?? []
            : [],
        )
        .sort()
        .at(-1)!,
      byRef: null,
      request: null,
    }));
}

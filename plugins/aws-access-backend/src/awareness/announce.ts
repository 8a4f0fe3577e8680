import { Stores } from '../database/Stores';
import { RequestRow } from '../requests/stores/RequestStore';

/**
 * Nudges open pages and tells other plugins, after the commit, that a request
 * moved. Both carry refs and ids only (security rule 30).
 */
export async function announce(
  stores: Pick<Stores, 'outbox'>,
  row: RequestRow,
  news: { what: string; from: string | null; actorRef: string | null },
): Promise<void> {
  await stores.outbox.put({
    kind: 'signal',
    requestId: row.id,
    state: row.state,
  });
  await stores.outbox.put({
    kind: 'event',
    requestId: row.id,
    event: {
      requestId: row.id,
      number: row.number,
      organizationId: row.organizationId,
      what: news.what,
      from: news.from,
      state: row.state,
      actorRef: news.actorRef,
      requesterRef: row.requesterRef,
      ...(row.filerRef && { filerRef: row.filerRef }),
      teamRef: row.teamRef,
      planVersion: row.planVersion,
    },
  });
}

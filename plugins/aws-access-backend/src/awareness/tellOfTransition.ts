import {
  RequestState,
  TimelineEventKind,
} from 'backstage-plugin-aws-access-common';
import { Stores } from '../database/Stores';
import { RequestRow } from '../requests/stores/RequestStore';
import { announce } from './announce';
import { notify } from './notify';
import { wordsOfTransition } from './wordsOfTransition';

/**
 * Puts what people, open pages and other plugins hear of a change of state, in
 * the transaction that makes it.
 *
 * @param row - the request since the change
 */
export async function tellOfTransition(
  stores: Pick<Stores, 'outbox' | 'requests'>,
  row: RequestRow,
  news: {
    from: RequestState;
    what: TimelineEventKind;
    actorRef: string | null;
    /** The version whose approvers hear of it: the new one may not be kept yet. */
    planVersionBefore: number;
  },
): Promise<void> {
  await announce(stores, row, news);
  const words = wordsOfTransition(row, news, {
    asked: await stores.requests.listAsked(row.id, news.planVersionBefore),
    gaining: await stores.requests.listGaining(row.id, row.planVersion),
  });
  for (const word of words) await notify(stores, row, news.actorRef, word);
}

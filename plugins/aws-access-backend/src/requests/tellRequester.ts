import { Caller } from '../authorization/Viewer';
import { Stores } from '../database/Stores';
import { RequestRow } from './RequestStore';

/** Notifies who asked, after the caller's transaction, of what was decided. */
export async function tellRequester(
  stores: Stores,
  row: RequestRow,
  caller: Caller,
  what: string,
) {
  await stores.outbox.put({
    kind: 'notification',
    recipients: [row.requesterRef],
    excludeRef: caller.userRef,
    requestId: row.id,
    title: `Request ${row.number} ${what}`,
    topic: 'aws-access-request',
    severity: 'normal',
  });
}

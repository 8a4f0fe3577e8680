import { Stores } from '../database/Stores';
import { NotificationTopic } from '../outbox/OutboxStore';
import { RequestRow } from '../requests/stores/RequestStore';

/** A word to people about a request. */
export interface Word {
  to: string[];
  topic: NotificationTopic;
  title: string;
  severity?: 'low' | 'normal' | 'high';
  /** Default: what the request asks for. */
  description?: string;
}

/** Tells people after the commit; nobody hears of what they did themselves. */
export async function notify(
  stores: Pick<Stores, 'outbox'>,
  row: Pick<RequestRow, 'id' | 'title'>,
  actorRef: string | null,
  word: Word,
): Promise<void> {
  const recipients = [...new Set(word.to)].filter(ref => ref !== actorRef);
  if (recipients.length === 0) return;
  await stores.outbox.put({
    kind: 'notification',
    recipients: recipients.sort(),
    excludeRef: actorRef,
    requestId: row.id,
    title: word.title,
    description: word.description ?? row.title,
    topic: word.topic,
    severity: word.severity ?? 'normal',
  });
}

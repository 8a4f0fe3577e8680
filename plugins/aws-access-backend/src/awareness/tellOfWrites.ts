import { WriteStop } from 'backstage-plugin-aws-access-common';
import { DateTime } from 'luxon';
import { Stores } from '../database/Stores';
import { OPERATORS, SECURITY } from '../outbox/OutboxStore';
import { endSentence } from '../wording/endSentence';

const WHAT = {
  everything: 'All writes',
  grants: 'Everything that gives access',
} as const;

/**
 * Tells all operators and security who has stopped what until when. Who did it
 * hears of it, too: somebody may act in their name.
 */
export async function tellOfStop(
  stores: Pick<Stores, 'outbox'>,
  organizationId: string,
  stop: WriteStop,
  by: string,
): Promise<void> {
  const until = DateTime.fromISO(stop.until, { zone: 'utc' });
  await stores.outbox.put({
    kind: 'notification',
    recipients: [OPERATORS, SECURITY],
    excludeRef: null,
    requestId: null,
    organizationId,
    title: `${WHAT[stop.kind]} to ${organizationId} ${
      stop.kind === 'everything' ? 'are' : 'is'
    } stopped until ${until.toFormat('yyyy-MM-dd HH:mm')} UTC`,
    description: `${by} has stopped it: ${stop.reason}`,
    topic: 'stopped',
    severity: 'high',
  });
}

/**
 * Tells them that it goes on.
 *
 * @param by - name of who has ended the stop; null = its time is over
 */
export async function tellOfStopEnd(
  stores: Pick<Stores, 'outbox'>,
  organizationId: string,
  kind: WriteStop['kind'],
  by: string | null,
): Promise<void> {
  await stores.outbox.put({
    kind: 'notification',
    recipients: [OPERATORS, SECURITY],
    excludeRef: null,
    requestId: null,
    organizationId,
    title: `${WHAT[kind]} to ${organizationId} ${
      kind === 'everything' ? 'go' : 'goes'
    } on`,
    description: by
      ? `${by} has ended the stop.`
      : 'The time of the stop is over.',
    topic: 'stopped',
    severity: 'normal',
  });
}

/** Tells operators, once in an hour, that writes wait for them, and for what. */
export async function tellOfWait(
  stores: Pick<Stores, 'outbox' | 'writeLimits'>,
  organizationId: string,
  reason: string,
): Promise<void> {
  if (!(await stores.writeLimits.recordTold(organizationId))) return;
  await stores.outbox.put({
    kind: 'notification',
    recipients: [OPERATORS],
    excludeRef: null,
    requestId: null,
    organizationId,
    title: `Writes to ${organizationId} wait for you`,
    description: endSentence(reason),
    topic: 'limit',
    severity: 'high',
  });
}

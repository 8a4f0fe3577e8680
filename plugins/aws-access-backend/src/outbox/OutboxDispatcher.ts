import { LoggerService } from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import { AWS_ACCESS_REQUEST_TOPIC } from 'backstage-plugin-aws-access-node';
import { RootStores } from '../database/Stores';
import { OPERATORS, OutboxMessage, OutboxRow, SECURITY } from './OutboxStore';

/** The channel that open pages listen to. */
const SIGNAL_CHANNEL = 'aws-access';

const BATCH = 50;
/** After this many tries a message is dropped: it told of something the pages show anyway. */
const MAX_ATTEMPTS = 5;

/**
 * Tells the world what was committed. Best effort, at least once: a portal
 * without notifications or signals loses nothing but the nudge.
 */
export class OutboxDispatcher {
  readonly #stores: Pick<RootStores, 'outbox'>;
  readonly #signals: SignalsService;
  readonly #notifications: NotificationService;
  readonly #events: EventsService;
  readonly #roles: Record<string, string[]>;
  readonly #logger: LoggerService;
  #running: Promise<void> | undefined;
  #again = false;

  constructor(options: {
    stores: Pick<RootStores, 'outbox'>;
    signals: SignalsService;
    notifications: NotificationService;
    events: EventsService;
    /** Who is told of what is stuck: refs of users and groups. */
    operators: string[];
    /** Who is told, with them, of stops: refs of users and groups. */
    security?: string[];
    logger: LoggerService;
  }) {
    this.#stores = options.stores;
    this.#signals = options.signals;
    this.#notifications = options.notifications;
    this.#events = options.events;
    this.#roles = {
      [OPERATORS]: options.operators,
      [SECURITY]: options.security ?? [],
    };
    this.#logger = options.logger;
  }

  /**
   * Delivers now, without waiting for it: called after each commit, so that an
   * open page moves at once instead of at the next poll.
   */
  wake(): void {
    this.#again = true;
    this.#running ??= this.#drain();
  }

  /** Delivers what waits, until nothing does. */
  async dispatch(): Promise<void> {
    for (;;) {
      const rows = await this.#stores.outbox.claim(BATCH);
      if (rows.length === 0) return;
      // Pages do not wait for the mail.
      const isMail = ({ message }: OutboxRow) =>
        message.kind === 'notification';
      for (const row of rows.filter(each => !isMail(each))) {
        await this.#settle(row);
      }
      for (const row of rows.filter(isMail)) await this.#settle(row);
    }
  }

  async #drain(): Promise<void> {
    try {
      while (this.#again) {
        this.#again = false;
        await this.dispatch();
      }
    } catch (error) {
      this.#logger.debug(`The outbox waits for the next poll: ${error}`);
    } finally {
      this.#running = undefined;
    }
  }

  async #settle(row: OutboxRow): Promise<void> {
    const delivered = await this.#deliver(row.message);
    if (delivered || row.attempts >= MAX_ATTEMPTS) {
      await this.#stores.outbox.remove(row.id);
    }
  }

  async #deliver(message: OutboxMessage): Promise<boolean> {
    try {
      if (message.kind === 'signal') {
        const { requestId, state } = message;
        await this.#signals.publish({
          recipients: { type: 'broadcast' },
          channel: SIGNAL_CHANNEL,
          message: { requestId, state },
        });
      } else if (message.kind === 'event') {
        await this.#events.publish({
          topic: AWS_ACCESS_REQUEST_TOPIC,
          eventPayload: message.event,
        });
      } else {
        await this.#notify(message);
      }
      return true;
    } catch (error) {
      this.#logger.debug(`A ${message.kind} was not delivered: ${error}`);
      return false;
    }
  }

  async #notify(
    message: Extract<OutboxMessage, { kind: 'notification' }>,
  ): Promise<void> {
    const recipients = message.recipients.flatMap(
      ref => this.#roles[ref] ?? [ref],
    );
    if (recipients.length === 0) return;
    await this.#notifications.send({
      recipients: {
        type: 'entity',
        entityRef: [...new Set(recipients)],
        ...(message.excludeRef && { excludeEntityRef: message.excludeRef }),
      },
      payload: {
        title: message.title,
        ...(message.description && { description: message.description }),
        link:
          message.requestId === null
            ? '/aws-access/operations'
            : `/aws-access/requests/${encodeURIComponent(message.requestId)}`,
        topic: `aws-access-${message.topic}`,
        severity: message.severity,
        scope: scopeOf(message),
      },
    });
  }
}

/**
 * One thread per request, in which a newer word replaces the older one. What
 * somebody decided stands apart: whoever acts in their name must not be able to
 * cover it with a newer word.
 */
function scopeOf({
  requestId,
  organizationId,
  topic,
}: Extract<OutboxMessage, { kind: 'notification' }>): string {
  if (requestId === null) return `aws-access:${topic}:${organizationId}`;
  return topic === 'own-decision'
    ? `aws-access:decision:${requestId}`
    : `aws-access:request:${requestId}`;
}

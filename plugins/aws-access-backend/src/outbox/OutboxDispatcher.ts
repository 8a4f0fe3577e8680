import { LoggerService } from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import { RootStores } from '../database/Stores';
import { OutboxMessage } from './OutboxStore';

/** The channel that open pages listen to. */
export const SIGNAL_CHANNEL = 'aws-access';

const BATCH = 50;
/** After this many tries a message is dropped: it told of something the pages show anyway. */
const MAX_ATTEMPTS = 5;

/**
 * Tells the world what was committed. Best effort, at least once: a portal
 * without notifications or signals loses nothing but the nudge.
 */
export class OutboxDispatcher {
  readonly #stores: RootStores;
  readonly #signals: SignalsService;
  readonly #notifications: NotificationService;
  readonly #logger: LoggerService;

  constructor(options: {
    stores: RootStores;
    signals: SignalsService;
    notifications: NotificationService;
    logger: LoggerService;
  }) {
    this.#stores = options.stores;
    this.#signals = options.signals;
    this.#notifications = options.notifications;
    this.#logger = options.logger;
  }

  /** Delivers what waits, until nothing does. */
  async dispatch(): Promise<void> {
    for (;;) {
      const rows = await this.#stores.outbox.claim(BATCH);
      if (rows.length === 0) return;
      for (const row of rows) {
        const delivered = await this.#deliver(row.message);
        if (delivered || row.attempts >= MAX_ATTEMPTS) {
          await this.#stores.outbox.remove(row.id);
        }
      }
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
      } else {
        await this.#notifications.send({
          recipients: {
            type: 'entity',
            entityRef: message.recipients,
            ...(message.excludeRef && { excludeEntityRef: message.excludeRef }),
          },
          payload: {
            title: message.title,
            link: `/aws-access/requests/${message.requestId}`,
            topic: message.topic,
            severity: message.severity,
            // One thread per request: a newer word replaces the older one.
            scope: `aws-access:request:${message.requestId}`,
          },
        });
      }
      return true;
    } catch (error) {
      this.#logger.debug(`A ${message.kind} was not delivered: ${error}`);
      return false;
    }
  }
}

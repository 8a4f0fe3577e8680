import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  EventParams,
  EventsService,
  eventsServiceRef,
} from '@backstage/plugin-events-node';
import { setTimeout } from 'node:timers/promises';
import { createTestDatabases } from '../testing/databases';
import { RequestWorld } from '../testing/RequestWorld';

const databases = createTestDatabases();

// Two whole backends are started.
jest.setTimeout(60_000);

/**
 * The bus between replicas, as the events backend has it: subscribers of one name
 * are one subscriber, and the signals backend of each replica has its own.
 */
class Bus implements EventsService {
  readonly #subscribers = new Map<
    string,
    (params: EventParams) => Promise<void>
  >();

  readonly feature = createServiceFactory({
    service: eventsServiceRef,
    deps: {},
    factory: () => this,
  });

  async publish(params: EventParams): Promise<void> {
    await Promise.all(
      [...this.#subscribers.values()].map(hear => hear(params)),
    );
  }

  async subscribe({
    id,
    topics,
    onEvent,
  }: Parameters<EventsService['subscribe']>[0]): Promise<void> {
    this.#subscribers.set(id, async params => {
      if (topics.includes(params.topic)) await onEvent(params);
    });
  }
}

describe.each(databases.ids)('two replicas on %s', id => {
  it('a decision on one moves open pages of both, and each word is said once', async () => {
    const knex = await databases.initMigrated(id);
    const bus = new Bus();
    const pushed: Record<string, unknown[]> = { first: [], second: [] };
    for (const replica of Object.keys(pushed)) {
      await bus.subscribe({
        id: `signals-of-${replica}`,
        topics: ['signals'],
        onEvent: async ({ eventPayload }) => {
          pushed[replica].push(eventPayload);
        },
      });
    }
    const first = await RequestWorld.start(knex, { features: [bus.feature] });
    const second = await RequestWorld.start(knex, { features: [bus.feature] });
    try {
      const filed = await first.file('ana');
      await second.decide(filed, 'otto').expect(200);
      for (;;) {
        const waiting = await knex('aws_access_outbox').where('kind', 'signal');
        if (waiting.length === 0) break;
        await setTimeout(10);
      }
      const moves = ['pending', 'approved'].map(state => ({
        recipients: { type: 'broadcast' },
        channel: 'aws-access',
        message: { requestId: filed.id, state },
      }));
      expect(pushed).toEqual({
        first: expect.arrayContaining(moves),
        second: expect.arrayContaining(moves),
      });
      expect([pushed.first.length, pushed.second.length]).toEqual([2, 2]);
    } finally {
      await first.stop();
      await second.stop();
    }
  });
});

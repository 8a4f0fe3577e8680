import { mockServices } from '@backstage/backend-test-utils';
import { DatabaseStores } from '../database/DatabaseStores';
import { NO_SEALS } from '../integrity/Seals';
import { createTestDatabases } from '../testing/databases';
import { OutboxDispatcher } from './OutboxDispatcher';
import { OPERATORS, OutboxMessage } from './OutboxStore';

const databases = createTestDatabases();

describe.each(databases.ids)('OutboxDispatcher on %s', id => {
  async function setUp() {
    const knex = await databases.initMigrated(id);
    const stores = new DatabaseStores(knex, NO_SEALS);
    const signals = { publish: jest.fn().mockResolvedValue(undefined) };
    const notifications = { send: jest.fn().mockResolvedValue(undefined) };
    const events = mockServices.events.mock();
    const dispatcher = new OutboxDispatcher({
      stores,
      signals,
      notifications,
      events,
      operators: ['group:default/cloud-platform'],
      logger: mockServices.logger.mock(),
    });
    return { knex, stores, signals, notifications, events, dispatcher };
  }
  const signal: OutboxMessage = {
    kind: 'signal',
    requestId: 'r1',
    state: 'pending',
  };
  const notification = {
    kind: 'notification' as const,
    recipients: ['user:default/otto'],
    excludeRef: 'user:default/ana',
    requestId: 'r1',
    title: 'Ana asks for ReadOnly on data-prod',
    topic: 'pending' as const,
    severity: 'normal' as const,
  };

  it('says what was committed, once, and a nudge carries no text (security rule 30)', async () => {
    const { stores, signals, notifications, dispatcher } = await setUp();
    await stores.outbox.put(signal);
    await stores.outbox.put(notification);

    await Promise.all([dispatcher.dispatch(), dispatcher.dispatch()]);

    expect(signals.publish).toHaveBeenCalledTimes(1);
    expect(signals.publish).toHaveBeenCalledWith({
      recipients: { type: 'broadcast' },
      channel: 'aws-access',
      message: { requestId: 'r1', state: 'pending' },
    });
    expect(notifications.send).toHaveBeenCalledTimes(1);
    expect(notifications.send).toHaveBeenCalledWith({
      recipients: {
        type: 'entity',
        entityRef: ['user:default/otto'],
        excludeEntityRef: 'user:default/ana',
      },
      payload: {
        title: 'Ana asks for ReadOnly on data-prod',
        link: '/aws-access/requests/r1',
        topic: 'aws-access-pending',
        severity: 'normal',
        scope: 'aws-access:request:r1',
      },
    });
  });

  it('tells operators of what is stuck, and never covers what somebody decided', async () => {
    const { stores, notifications, dispatcher } = await setUp();
    await stores.outbox.put({
      ...notification,
      recipients: [OPERATORS],
      topic: 'stuck',
    });
    await stores.outbox.put({ ...notification, topic: 'own-decision' });
    await dispatcher.dispatch();

    expect(notifications.send).toHaveBeenCalledWith(
      expect.objectContaining({
        recipients: expect.objectContaining({
          entityRef: ['group:default/cloud-platform'],
        }),
      }),
    );
    expect(notifications.send).toHaveBeenCalledWith(
      expect.objectContaining({
        payload: expect.objectContaining({ scope: 'aws-access:decision:r1' }),
      }),
    );
  });

  it('says what is put while it is delivering, without another call', async () => {
    const { knex, signals, notifications } = await setUp();
    const woken: OutboxDispatcher[] = [];
    const stores: DatabaseStores = new DatabaseStores(knex, NO_SEALS, () =>
      woken.forEach(dispatcher => dispatcher.wake()),
    );
    const everything = new Promise<void>(resolve => {
      signals.publish.mockImplementation(async ({ message }) => {
        if (message.state === 'active') resolve();
        else await stores.outbox.put({ ...signal, state: 'active' });
      });
    });
    woken.push(
      new OutboxDispatcher({
        stores,
        signals,
        notifications,
        events: mockServices.events.mock(),
        operators: [],
        logger: mockServices.logger.mock(),
      }),
    );
    await stores.transaction(inside => inside.outbox.put(signal));
    await everything;
    expect(signals.publish).toHaveBeenCalledTimes(2);
  });

  it('says nothing of what was rolled back', async () => {
    const { stores, signals, dispatcher } = await setUp();
    await expect(
      stores.transaction(async inside => {
        await inside.outbox.put(signal);
        throw new Error('the transaction fails');
      }),
    ).rejects.toThrow('the transaction fails');
    await dispatcher.dispatch();
    expect(signals.publish).not.toHaveBeenCalled();
  });

  it('tries again later, and gives up on what nobody takes', async () => {
    const { knex, stores, notifications, dispatcher } = await setUp();
    notifications.send.mockRejectedValue(new Error('no such plugin'));
    await stores.outbox.put(notification);
    for (let attempt = 1; attempt <= 5; attempt++) {
      await dispatcher.dispatch();
      expect(notifications.send).toHaveBeenCalledTimes(attempt);
      // The claim runs out.
      await knex('aws_access_outbox').update({ claimed_until: null });
    }
    await dispatcher.dispatch();
    expect(notifications.send).toHaveBeenCalledTimes(5);
  });
});

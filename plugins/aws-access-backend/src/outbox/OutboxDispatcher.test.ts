import { mockServices } from '@backstage/backend-test-utils';
import { DatabaseStores } from '../database/DatabaseStores';
import { createTestDatabases } from '../testing/databases';
import { OutboxDispatcher } from './OutboxDispatcher';
import { OutboxMessage } from './OutboxStore';

const databases = createTestDatabases();

describe.each(databases.ids)('OutboxDispatcher on %s', id => {
  async function setUp() {
    const knex = await databases.initMigrated(id);
    const stores = new DatabaseStores(knex);
    const signals = { publish: jest.fn().mockResolvedValue(undefined) };
    const notifications = { send: jest.fn().mockResolvedValue(undefined) };
    const dispatcher = new OutboxDispatcher({
      stores,
      signals,
      notifications,
      logger: mockServices.logger.mock(),
    });
    return { knex, stores, signals, notifications, dispatcher };
  }
  const signal: OutboxMessage = {
    kind: 'signal',
    requestId: 'r1',
    state: 'pending',
  };
  const notification: OutboxMessage = {
    kind: 'notification',
    recipients: ['user:default/otto'],
    excludeRef: 'user:default/ana',
    requestId: 'r1',
    title: 'Ana asks for ReadOnly on data-prod',
    topic: 'pending',
    severity: 'normal',
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
    expect(notifications.send).toHaveBeenCalledWith(
      expect.objectContaining({
        recipients: {
          type: 'entity',
          entityRef: ['user:default/otto'],
          excludeEntityRef: 'user:default/ana',
        },
      }),
    );
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

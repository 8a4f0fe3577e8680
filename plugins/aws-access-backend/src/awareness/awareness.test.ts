import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { Knex } from 'knex';
import { DatabaseStores } from '../database/DatabaseStores';
import { NO_SEALS } from '../integrity/Seals';
import { OutboxDispatcher } from '../outbox/OutboxDispatcher';
import { example } from '../testing/examplePlan';
import { createTestDatabases } from '../testing/databases';
import { RequestWorld } from '../testing/RequestWorld';
import { recordTransition } from '../requests/life/recordTransition';
import { sendNotices } from './sendNotices';

const databases = createTestDatabases();

interface Sent {
  recipients: { entityRef: string[] };
  payload: { title: string; link: string; topic: string; scope: string };
}

describe.each(databases.ids)('awareness on %s', id => {
  let knex: Knex;
  let world: RequestWorld;
  const signals = { publish: jest.fn().mockResolvedValue(undefined) };
  const notifications = { send: jest.fn().mockResolvedValue(undefined) };
  const events = mockServices.events.mock();

  beforeAll(async () => {
    knex = await databases.initMigrated(id);
    world = await RequestWorld.start(knex, {
      awsAccess: {
        // Nothing but a commit can be why something is said in these tests.
        worker: { pollSeconds: 60 },
        roles: {
          operator: ['user:default/ida'],
          security: ['user:default/sia'],
        },
      },
      features: [
        createServiceFactory({
          service: signalsServiceRef,
          deps: {},
          factory: () => signals,
        }),
        createServiceFactory({
          service: notificationService,
          deps: {},
          factory: () => notifications,
        }),
        events.factory,
      ],
    });
  });
  beforeEach(() => {
    signals.publish.mockClear();
    notifications.send.mockClear();
    events.publish.mockClear();
  });
  afterAll(() => world.stop());

  /** Waits until the outbox is empty, and says what left it. */
  async function said(): Promise<Array<[string, string]>> {
    for (;;) {
      const waiting = await knex('aws_access_outbox').count({ n: '*' }).first();
      if (Number(waiting!.n) === 0) break;
      await new Promise(resolve => setImmediate(resolve));
    }
    return notifications.send.mock.calls
      .map(([sent]: [Sent]): [string, string] => [
        sent.payload.topic.replace('aws-access-', ''),
        sent.recipients.entityRef
          .map(ref => ref.replace('user:default/', ''))
          .join(),
      ])
      .sort();
  }

  it('tells everybody whom it concerns, in one thread that leads to the request', async () => {
    const filed = await world.file('ana', { people: ['user:default/ben'] });
    expect(await said()).toEqual([['pending', 'otto']]);

    await world.decide(filed, 'otto').expect(200);
    expect(await said()).toEqual([
      ['decided', 'ana'],
      ['own-decision', 'otto'],
      ['pending', 'otto'],
    ]);
    for (const [{ payload }] of notifications.send.mock.calls) {
      expect(payload.link).toBe(`/aws-access/requests/${filed.id}`);
      expect(payload.scope).toBe(
        payload.topic === 'aws-access-own-decision'
          ? `aws-access:decision:${filed.id}`
          : `aws-access:request:${filed.id}`,
      );
    }
    expect(notifications.send).toHaveBeenCalledWith(
      expect.objectContaining({
        payload: expect.objectContaining({
          title: `You approved request ${filed.number}`,
          description: expect.stringContaining('If this was not you'),
        }),
      }),
    );
  });

  it('moves open pages and tells other plugins at once, with ids only (security rule 30)', async () => {
    const filed = await world.file('ana', { justification: 'hush hush' });
    await said();
    expect(signals.publish).toHaveBeenCalledWith({
      recipients: { type: 'broadcast' },
      channel: 'aws-access',
      message: { requestId: filed.id, state: 'pending' },
    });
    expect(events.publish).toHaveBeenCalledWith({
      topic: 'aws-access.request',
      eventPayload: {
        requestId: filed.id,
        number: filed.number,
        organizationId: example.organizationId,
        what: 'filed',
        from: null,
        state: 'pending',
        actorRef: 'user:default/ana',
        requesterRef: 'user:default/ana',
        teamRef: 'group:default/payments',
        planVersion: 1,
      },
    });
    const everything = JSON.stringify([
      signals.publish.mock.calls,
      events.publish.mock.calls,
      notifications.send.mock.calls,
    ]);
    expect(everything).not.toContain('hush hush');
  });

  it('says usable, stuck and ended to those whom each concerns', async () => {
    const filed = await world.file('ana', { people: ['user:default/ben'] });
    await world.decide(filed, 'otto').expect(200);
    await said();
    notifications.send.mockClear();
    for (const to of [
      'provisioning',
      'stuck',
      'provisioning',
      'active',
      'ending',
      'ended',
    ] as const) {
      await move(filed.id, to);
    }
    await deliver();
    expect(await said()).toEqual([
      ['ended', 'ana,ben'],
      ['ended', 'group:default/payments,ana,ben'],
      ['stuck', 'ida,ana'],
      ['usable', 'group:default/payments,ana,ben'],
    ]);
  });

  it('reminds once of what waits, and warns once before the end', async () => {
    const waiting = await world.file('ana', { people: ['user:default/ben'] });
    const usable = await world.file('ana');
    await world.decide(usable, 'otto').expect(200);
    await move(usable.id, 'provisioning');
    await move(usable.id, 'active');
    await deliver();
    notifications.send.mockClear();
    await knex('aws_access_request_plans')
      .where('request_id', waiting.id)
      .update({ computed_at: '2026-01-01T00:00:00.000Z' });
    const hence = (hours: number) =>
      new Date(Date.now() + hours * 3_600_000).toISOString();
    const setEnd = (start: number, end: number) =>
      knex('aws_access_requests')
        .where('id', usable.id)
        .update({ starts_at: hence(start), ends_at: hence(end) });

    await setEnd(-5, 3);
    await notice();
    expect(await said()).toEqual([
      ['reminded', 'ana'],
      ['reminded', 'otto'],
    ]);
    await setEnd(-7, 1);
    await notice();
    await notice();
    expect(await said()).toEqual([
      ['expiring', 'ana'],
      ['reminded', 'ana'],
      ['reminded', 'otto'],
    ]);
  });

  it('says once to operators and security that a stop has ended by itself', async () => {
    const { organizationId } = example;
    await world.stores.writeStops.stop(organizationId, {
      kind: 'grants',
      reason: 'A drill',
      stoppedBy: 'user:default/ida',
      seconds: -1,
    });
    notifications.send.mockClear();
    await notice();
    await notice();
    expect(await said()).toEqual([['stopped', 'ida,sia']]);
  });

  async function move(
    requestId: string,
    to: Parameters<typeof recordTransition>[1]['to'],
  ) {
    await world.stores.transaction(async stores => {
      const request = (await stores.requests.get(requestId))!;
      await recordTransition(stores, {
        request,
        to,
        actorRef: null,
        event: { kind: 'stateChanged', text: `It is ${to}` },
      });
    });
  }

  /** Delivers what was committed behind the portal's back. */
  function deliver() {
    return new OutboxDispatcher({
      stores: world.stores,
      signals,
      notifications,
      events,
      operators: ['user:default/ida'],
      security: ['user:default/sia'],
      logger: mockServices.logger.mock(),
    }).dispatch();
  }

  /** What the worker does each round. */
  async function notice() {
    const stores = new DatabaseStores(knex, NO_SEALS);
    // The portal's own worker has it; it sleeps until the next poll.
    await knex('aws_access_organizations').update({
      claim_until: '2026-01-01T00:00:00.000Z',
    });
    const claim = await stores.organizations.claim(
      example.organizationId,
      'test',
      60,
    );
    await sendNotices(stores, claim!, {
      lapsePendingAfter: 'P14D',
      lapseApprovedAfter: 'P1D',
      maxOpenPerPerson: 20,
      previewsPerMinute: 60,
      commentsPerMinute: 20,
      denialsPerMinute: 20,
      remindAfter: 'P1D',
      warnBeforeEnd: 'P1D',
    });
    await deliver();
  }
});

import { mockServices } from '@backstage/backend-test-utils';
import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import { MetricsServiceObservableCallback } from '@backstage/backend-plugin-api/alpha';
import { EventMetrics } from './EventMetrics';
import { observeCredentials } from './observeCredentials';
import { observeOperations } from './observeOperations';

type Seen = [string, number, object];

/** Keeps what instruments are told, and asks the observable ones. */
function collect() {
  const seen: Seen[] = [];
  const callbacks: Array<[string, MetricsServiceObservableCallback]> = [];
  const metrics = metricsServiceMock.mock({
    createCounter: name => ({
      add: (value, attributes) => void seen.push([name, value, attributes!]),
    }),
    createHistogram: name => ({
      record: (value, attributes) => void seen.push([name, value, attributes!]),
    }),
    createObservableGauge: name => ({
      addCallback: callback => void callbacks.push([name, callback as never]),
      removeCallback: () => {},
    }),
  });
  const read = async () => {
    for (const [name, callback] of callbacks) {
      await callback({
        observe: (value, attributes) =>
          void seen.push([name, value, attributes!]),
      });
    }
    return seen;
  };
  return { metrics, seen, read };
}

describe('metrics', () => {
  it('count transitions and writes of what was committed, without names of people or accounts', () => {
    const { metrics, seen } = collect();
    const event = {
      organizationId: 'parcel',
      sequence: 1,
      at: '2026-01-01T00:00:00.000Z',
      actor: 'user:default/ana',
      requestId: 'r-1',
      previousHash: '',
      hash: '',
    };
    const figures = new EventMetrics(metrics);
    figures.countThrottled({ organizationId: 'parcel', service: 'sso-admin' });
    expect(seen.splice(0)).toEqual([
      [
        'aws_access.cloud.throttled',
        1,
        { organization: 'parcel', service: 'sso-admin' },
      ],
    ]);
    figures.follow([
      {
        ...event,
        kind: 'request.approved',
        data: { from: 'pending', to: 'approved' },
      },
      {
        ...event,
        kind: 'request.approved',
        data: { from: 'pending', to: 'pending' },
      },
      { ...event, kind: 'request.commented', data: {} },
      {
        ...event,
        kind: 'cloud.write-confirmed',
        data: {
          operation: 'sso-admin:CreateAccountAssignment',
          object: 'assignment/111122223333/x/y',
        },
      },
    ]);
    expect(seen).toEqual([
      [
        'aws_access.request.transitions',
        1,
        { organization: 'parcel', to: 'approved' },
      ],
      [
        'aws_access.cloud.writes',
        1,
        {
          organization: 'parcel',
          operation: 'sso-admin:CreateAccountAssignment',
          outcome: 'confirmed',
        },
      ],
    ]);
  });

  it('tell how long certificates are good, where there are any', async () => {
    const { metrics, read } = collect();
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
    const reports: Record<string, string | null> = {
      parcel: inAnHour,
      other: null,
    };
    observeCredentials({
      metrics,
      organizationIds: ['parcel', 'other', 'unseen'],
      credentials: id =>
        id in reports
          ? ({ entra: { expiresAt: reports[id] } } as never)
          : undefined,
    });
    const seen = await read();
    expect(seen).toEqual([
      [
        'aws_access.credentials.remaining',
        expect.any(Number),
        { organization: 'parcel' },
      ],
    ]);
    expect(seen[0][1]).toBeCloseTo(3600, -2);
  });

  it('tell the queue and ages when they are collected, and leave out what cannot be read', async () => {
    const { metrics, read } = collect();
    const now = '2026-01-01T00:10:00.000Z';
    const logger = mockServices.logger.mock();
    observeOperations({
      metrics,
      logger,
      organizationIds: ['parcel'],
      stores: {
        now: async () => now,
        inventory: {
          getParts: async () => [
            {
              part: 'accounts',
              asOf: '2026-01-01T00:08:00.000Z',
              complete: true,
              reason: null,
            },
            { part: 'entraUsers', asOf: null, complete: false, reason: 'x' },
          ],
        } as never,
      },
      operations: {
        getWorker: async () => null,
        countQueue: async () => ({
          approved: 2,
          oldestApprovedAt: '2026-01-01T00:09:00.000Z',
          settingUp: 1,
          takingAway: 0,
          openSteps: 7,
          waitingSteps: 3,
          retriedSteps: 0,
          unconfirmedWrites: 1,
        }),
        listStuck: async () => {
          throw new Error('down');
        },
        listOverdue: async () => [],
        listHeld: async () => [],
      },
    });
    const organization = 'parcel';
    expect(await read()).toEqual([
      ['aws_access.queue.requests', 2, { organization, work: 'approved' }],
      ['aws_access.queue.requests', 1, { organization, work: 'settingUp' }],
      ['aws_access.queue.requests', 0, { organization, work: 'takingAway' }],
      ['aws_access.queue.steps', 7, { organization }],
      ['aws_access.queue.age', 60, { organization }],
      ['aws_access.requests.overdue', 0, { organization }],
      ['aws_access.inventory.age', 120, { organization, part: 'accounts' }],
    ]);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('aws_access.requests.stuck of parcel is missing'),
    );
  });
});

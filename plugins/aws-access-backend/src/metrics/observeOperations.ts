import { LoggerService } from '@backstage/backend-plugin-api';
import {
  MetricsService,
  MetricsServiceObservableResult,
} from '@backstage/backend-plugin-api/alpha';
import { Stores } from '../database/Stores';
import { isLate } from '../operations/isLate';
import { OperationsStore } from '../operations/OperationsStore';

/** Beyond this many stuck or overdue requests the figure stands still. */
const MOST_COUNTED = 1000;

/**
 * Lets whoever collects metrics ask how long the queue is, what is stuck or late,
 * and how old the inventory is. Every replica gives the same answer, because it
 * is the database's.
 */
export function observeOperations(options: {
  metrics: MetricsService;
  stores: Pick<Stores, 'inventory' | 'now'>;
  operations: OperationsStore;
  organizationIds: string[];
  logger: LoggerService;
}): void {
  const { metrics, stores, operations, organizationIds, logger } = options;

  const observe = (
    name: string,
    instrument: { description: string; unit: string },
    read: (
      organizationId: string,
      result: MetricsServiceObservableResult,
    ) => Promise<void>,
  ) =>
    metrics
      .createObservableGauge(name, instrument)
      .addCallback(async result => {
        for (const id of organizationIds) {
          try {
            await read(id, result);
          } catch (error) {
            // A figure that is missing shows as missing; a wrong one would not.
            logger.warn(`The metric ${name} of ${id} is missing: ${error}`);
          }
        }
      });
  const secondsSince = async (moment: string) =>
    (Date.parse(await stores.now()) - Date.parse(moment)) / 1000;

  observe(
    'aws_access.queue.requests',
    { description: 'Requests at work, by what for', unit: '{request}' },
    async (organization, result) => {
      const queue = await operations.countQueue(organization);
      result.observe(queue.approved, { organization, work: 'approved' });
      result.observe(queue.settingUp, { organization, work: 'settingUp' });
      result.observe(queue.takingAway, { organization, work: 'takingAway' });
    },
  );
  observe(
    'aws_access.queue.steps',
    { description: 'Steps that are not finished', unit: '{step}' },
    async (organization, result) => {
      const queue = await operations.countQueue(organization);
      result.observe(queue.openSteps, { organization });
    },
  );
  observe(
    'aws_access.queue.age',
    {
      description: 'How long the longest waiting approved request has waited',
      unit: 's',
    },
    async (organization, result) => {
      const { oldestApprovedAt } = await operations.countQueue(organization);
      result.observe(
        oldestApprovedAt ? await secondsSince(oldestApprovedAt) : 0,
        { organization },
      );
    },
  );
  observe(
    'aws_access.requests.stuck',
    { description: 'Requests that a person must look at', unit: '{request}' },
    async (organization, result) => {
      const stuck = await operations.listStuck(organization, MOST_COUNTED);
      result.observe(stuck.length, { organization });
    },
  );
  observe(
    'aws_access.requests.overdue',
    {
      description: 'Requests whose access outlives its end',
      unit: '{request}',
    },
    async (organization, result) => {
      const overdue = await operations.listOverdue(organization, MOST_COUNTED);
      const now = await stores.now();
      // A cycle of SCIM takes its time: who is alerted could do nothing.
      const late = overdue.filter(
        request => !request.waitsForScim || isLate(request, now),
      );
      result.observe(late.length, { organization });
    },
  );
  observe(
    'aws_access.inventory.age',
    { description: 'Age of each part of the inventory', unit: 's' },
    async (organization, result) => {
      for (const { part, asOf } of await stores.inventory.getParts(
        organization,
      )) {
        if (asOf) {
          result.observe(await secondsSince(asOf), { organization, part });
        }
      }
    },
  );
}

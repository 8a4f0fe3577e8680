import { LoggerService } from '@backstage/backend-plugin-api';
import { AwsAccessConfig } from '../config/AwsAccessConfig';
import { LiveAccessStore } from './LiveAccessStore';

/**
 * Says in the log where access is held that nothing takes away: where writes are
 * not on, and where the organization has left the configuration.
 */
export async function sayHeldAccess(services: {
  organizations: AwsAccessConfig['organizations'];
  liveAccess: LiveAccessStore;
  logger: LoggerService;
}): Promise<void> {
  const { organizations, liveAccess, logger } = services;
  for (const held of await liveAccess.list()) {
    const { organizationId: id, leases, requests, overdueRequests } = held;
    const why = Object.hasOwn(organizations, id)
      ? `has writes: ${organizations[id].writes}`
      : 'is not in the configuration';
    if (why === 'has writes: on') continue;
    logger.error(
      `The organization '${id}' ${why}, and access is live there: ${leases} leases of ${requests} requests, ${overdueRequests} of them past their end. Nothing is taken away`,
      { organizationId: id, event: 'access.held' },
    );
  }
}

import { logEvents } from '../audit/logEvents';
import { AuditTrail } from '../audit/AuditTrail';
import { AwsAccessConfig } from '../config/AwsAccessConfig';
import { DatabaseStores } from '../database/DatabaseStores';
import { runMigrations } from '../database/runMigrations';
import { openSeals } from '../integrity/openSeals';
import { DatabaseInventory } from '../inventory/DatabaseInventory';
import { EventMetrics } from '../metrics/EventMetrics';
import { observeOperations } from '../metrics/observeOperations';
import { DatabaseLiveAccessStore } from '../operations/DatabaseLiveAccessStore';
import { DatabaseOperationsStore } from '../operations/DatabaseOperationsStore';
import { OutboxDispatcher } from '../outbox/OutboxDispatcher';
import { DatabaseWriteAuthorizationVerifier } from '../provisioning/stores/DatabaseWriteAuthorizationVerifier';
import { PluginDeps } from './pluginDeps';

/**
 * What the plugin keeps, and who hears of it once it is committed: people by the
 * outbox, the portal's auditor, its metrics, its log.
 */
export async function openStores(deps: PluginDeps, config: AwsAccessConfig) {
  const knex = await runMigrations(deps.database);
  const organizationIds = Object.keys(config.organizations);
  const seals = await openSeals(knex, config, deps.logger);
  const outbox = new OutboxDispatcher({
    ...deps,
    stores: new DatabaseStores(knex, seals),
    operators: config.roles.operator,
    security: config.roles.security,
  });
  const auditTrail = new AuditTrail(deps);
  const eventMetrics = new EventMetrics(deps.metrics);
  const stores = new DatabaseStores(
    knex,
    seals,
    () => outbox.wake(),
    events => {
      eventMetrics.follow(events);
      logEvents(deps.logger, events);
      void auditTrail.follow(events);
    },
  );
  const operations = new DatabaseOperationsStore(knex);
  observeOperations({ ...deps, stores, operations, organizationIds });

  await deps.scheduler.scheduleTask({
    id: 'aws-access-audit-heads',
    scope: 'global',
    frequency: { hours: 1 },
    timeout: { minutes: 1 },
    fn: () => auditTrail.sayHeads(stores, organizationIds),
  });
  await deps.scheduler.scheduleTask({
    id: 'aws-access-outbox',
    // A commit wakes the replica it is made on; this catches what a replica that
    // died left behind.
    scope: 'local',
    frequency: { milliseconds: config.worker.pollSeconds * 1000 },
    timeout: { minutes: 5 },
    fn: () => outbox.dispatch(),
  });
  return {
    stores,
    operations,
    liveAccess: new DatabaseLiveAccessStore(knex),
    inventory: new DatabaseInventory(knex),
    verifier: new DatabaseWriteAuthorizationVerifier(knex, seals),
    eventMetrics,
  };
}

/** See {@link openStores}. */
export type OpenStores = Awaited<ReturnType<typeof openStores>>;

import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { awsAccessPermissions } from 'backstage-plugin-aws-access-common';
import { awsAccessPolicyExtensionPoint } from 'backstage-plugin-aws-access-node';
import { randomUUID } from 'node:crypto';
import { registerActions } from './actions/registerActions';
import { createAccessService } from './access/createAccessService';
import { AuditTrail } from './audit/AuditTrail';
import { DefaultAuditService } from './audit/DefaultAuditService';
import { AuthorizedAuditService } from './authorization/AuthorizedAuditService';
import { ViewerResolver } from './authorization/ViewerResolver';
import { DefaultCloudsProvider } from './clouds/DefaultCloudsProvider';
import { readAwsAccessConfig } from './config/readAwsAccessConfig';
import { refuseUnsafeStart } from './config/refuseUnsafeStart';
import { DatabaseStores } from './database/DatabaseStores';
import { runMigrations } from './database/runMigrations';
import { EventMetrics } from './metrics/EventMetrics';
import { observeOperations } from './metrics/observeOperations';
import { createFollowUps } from './followUps/createFollowUps';
import { createInventoryService } from './inventory/createInventoryService';
import { DatabaseInventory } from './inventory/DatabaseInventory';
import { InventoryRefresher } from './inventory/InventoryRefresher';
import { MandateKeeper } from './mandates/MandateKeeper';
import { MandateUses } from './mandates/MandateUses';
import { createOperationsService } from './operations/createOperationsService';
import { DatabaseOperationsStore } from './operations/DatabaseOperationsStore';
import { OutboxDispatcher } from './outbox/OutboxDispatcher';
import { CatalogPersonDirectory } from './people/CatalogPersonDirectory';
import { createPermissionSetService } from './permissionSets/createPermissionSetService';
import { PolicyExtensions } from './policy/PolicyExtensions';
import { DefaultRequestPlanner } from './planning/DefaultRequestPlanner';
import { DatabaseWriteAuthorizationVerifier } from './provisioning/DatabaseWriteAuthorizationVerifier';
import { DefaultApprovalReader } from './provisioning/DefaultApprovalReader';
import { ProvisioningEngine } from './provisioning/ProvisioningEngine';
import { createRequestLoader } from './requests/createRequestLoader';
import { createRequestService } from './requests/createRequestService';
import { keepReadOnly } from './requests/keepReadOnly';
import { RequestKeeper } from './requests/RequestKeeper';
import { createPolicyService } from './simulation/createPolicyService';
import { createRouter } from './router/createRouter';

/**
 * Self-service AWS access for teams.
 *
 * @public
 */
export const awsAccessPlugin = createBackendPlugin({
  pluginId: 'aws-access',
  register(env) {
    const extensions = new PolicyExtensions();
    env.registerExtensionPoint(awsAccessPolicyExtensionPoint, extensions);
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
      },
      async init(deps) {
        const { logger, permissions } = deps;
        const config = readAwsAccessConfig(deps.config);
        refuseUnsafeStart(deps.config, config);
        extensions.refuseUnknown(config.policy);
        const knex = await runMigrations(deps.database);

        const outbox = new OutboxDispatcher({
          ...deps,
          stores: new DatabaseStores(knex),
          operators: config.roles.operator,
        });
        const auditTrail = new AuditTrail(deps);
        const eventMetrics = new EventMetrics(deps.metrics);
        const stores = new DatabaseStores(
          knex,
          () => outbox.wake(),
          events => {
            eventMetrics.follow(events);
            void auditTrail.follow(events);
          },
        );
        const operations = new DatabaseOperationsStore(knex);
        observeOperations({
          ...deps,
          stores,
          operations,
          organizationIds: Object.keys(config.organizations),
        });
        await deps.scheduler.scheduleTask({
          id: 'aws-access-audit-heads',
          scope: 'global',
          frequency: { hours: 1 },
          timeout: { minutes: 1 },
          fn: () =>
            auditTrail.sayHeads(stores, Object.keys(config.organizations)),
        });
        const directory = new CatalogPersonDirectory({
          ...deps,
          trustedLocations: config.people.trustedCatalogLocations,
        });
        const clouds = new DefaultCloudsProvider({
          config,
          verifier: new DatabaseWriteAuthorizationVerifier(knex),
        });
        const { planner, followUps } = await createFollowUps({
          ...deps,
          config,
          portalConfig: deps.config,
          stores,
          planner: new DefaultRequestPlanner({
            config,
            stores,
            directory,
            clouds,
            ownPolicies: extensions.policies,
            onPolicyFailure: (name, error) =>
              logger.error(`The policy "${name}" failed: ${error}`),
          }),
        });
        await deps.scheduler.scheduleTask({
          id: 'aws-access-follow-ups',
          scope: 'local',
          frequency: { milliseconds: config.worker.pollSeconds * 1000 },
          timeout: { minutes: 5 },
          fn: () => followUps.startWaiting(),
        });

        const inventory = new DatabaseInventory(knex);
        const refresher = new InventoryRefresher({
          organizations: config.organizations,
          clouds,
          inventory,
          stores,
          leases: stores.leases,
          logger,
        });
        deps.lifecycle.addShutdownHook(() => refresher.stop());
        await deps.scheduler.scheduleTask({
          id: 'aws-access-inventory',
          // Every replica looks; each refresh is run by one of them.
          scope: 'local',
          frequency: { seconds: 10 },
          timeout: { minutes: 1 },
          // Not awaited: a long refresh of one organization keeps no other waiting.
          fn: async () => void refresher.runDue(),
        });

        const loading = createRequestLoader({
          config,
          stores,
          directory,
          approverResolvers: extensions.resolvers,
        });
        const keeper = new RequestKeeper({
          ...loading,
          stores,
          directory,
          logger,
        });
        const keeping = { config, stores, planner, directory, clouds, logger };
        const mandates = new MandateKeeper(keeping);
        const engine = new ProvisioningEngine({
          config,
          stores,
          clouds,
          planner,
          approvals: new DefaultApprovalReader({ ...loading, directory }),
          logger,
          onAttempt: attempt => eventMetrics.recordAttempt(attempt),
          mandates: new MandateUses(keeping),
          keepRequests: async claim => {
            await keeper.keep(claim);
            await mandates.keep(claim);
          },
          onCloudChanged: (organizationId, requestId) =>
            refresher.refreshAfterRequest(organizationId, requestId),
        });
        deps.lifecycle.addStartupHook(() => engine.start());
        deps.lifecycle.addShutdownHook(() => engine.stop());
        deps.lifecycle.addShutdownHook(() => mandates.stop());
        const keeperName = randomUUID();
        await deps.scheduler.scheduleTask({
          id: 'aws-access-keep-read-only',
          scope: 'local',
          frequency: { minutes: 1 },
          timeout: { minutes: 5 },
          fn: () =>
            keepReadOnly({ config, stores, keeper, logger, owner: keeperName }),
        });
        await deps.scheduler.scheduleTask({
          id: 'aws-access-outbox',
          // A commit wakes the replica it is made on; this catches what a
          // replica that died left behind.
          scope: 'local',
          frequency: { milliseconds: config.worker.pollSeconds * 1000 },
          timeout: { minutes: 5 },
          fn: () => outbox.dispatch(),
        });

        deps.permissionsRegistry.addPermissions(awsAccessPermissions);
        const api = {
          viewers: new ViewerResolver({
            ...deps,
            directory,
            roles: config.roles,
          }),
          requests: createRequestService({
            config,
            stores,
            directory,
            planner,
            approverResolvers: extensions.resolvers,
            permissions,
            permissionsRegistry: deps.permissionsRegistry,
            wakeEngine: organizationId => engine.wake(organizationId),
          }),
          audit: new AuthorizedAuditService(
            new DefaultAuditService({
              stores,
              organizations: config.organizations,
            }),
            permissions,
          ),
          inventory: createInventoryService({
            config,
            stores,
            inventory,
            directory,
            refresher,
            permissions,
          }),
          policy: createPolicyService({
            config,
            stores,
            directory,
            planner,
            extensions,
            permissions,
          }),
          operations: createOperationsService({
            config,
            stores,
            operations,
            permissions,
            wakeEngine: organizationId => engine.wake(organizationId),
          }),
          access: createAccessService({
            config,
            stores,
            inventory,
            directory,
            permissions,
          }),
        };
        const permissionSets = createPermissionSetService({
          ...api,
          config,
          stores,
          inventory,
          permissions,
        });
        deps.httpRouter.use(createRouter({ ...deps, ...api, permissionSets }));
        registerActions({ ...deps, ...api });
      },
    });
  },
});

import { randomUUID } from 'node:crypto';
import { LivePeople } from '../approvals/LivePeople';
import { AwsAccessConfig } from '../config/AwsAccessConfig';
import { InventoryRefresher } from '../inventory/InventoryRefresher';
import { ForgeryWatch } from '../leases/ForgeryWatch';
import { observeCredentials } from '../metrics/observeCredentials';
import { MandateKeeper } from '../mandates/MandateKeeper';
import { MandateUses } from '../mandates/MandateUses';
import { RefreshFollower } from '../mandates/RefreshFollower';
import { PolicyExtensions } from '../policy/PolicyExtensions';
import { DefaultApprovalReader } from '../provisioning/starting/DefaultApprovalReader';
import { sayHeldAccess } from '../operations/sayHeldAccess';
import { watchCredentials } from '../organizations/watchCredentials';
import { ProvisioningEngine } from '../provisioning/ProvisioningEngine';
import { createRequestLoader } from '../requests/reading/createRequestLoader';
import { keepReadOnly } from '../requests/life/keepReadOnly';
import { RequestKeeper } from '../requests/life/RequestKeeper';
import { Planning } from './createPlanning';
import { OpenStores } from './openStores';
import { PluginDeps } from './pluginDeps';

/**
 * What goes on by itself: reading both clouds, carrying out and taking away,
 * keeping true, and looking after requests that wait.
 */
export async function startWork(
  deps: PluginDeps,
  config: AwsAccessConfig,
  { stores, inventory, eventMetrics, liveAccess }: OpenStores,
  { directory, clouds, planner }: Planning,
  extensions: PolicyExtensions,
) {
  const { logger } = deps;
  // One name for all that this process does, and never the same one twice.
  observeCredentials({
    ...deps,
    organizationIds: Object.keys(config.organizations),
    credentials: id => clouds.credentialsOf(id).latest(),
  });

  await sayHeldAccess({ ...config, liveAccess, logger });

  const owner = randomUUID();
  const refresher = new InventoryRefresher({
    organizations: config.organizations,
    clouds,
    inventory,
    stores,
    leases: stores.leases,
    logger,
    worker: owner,
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
  const keeper = new RequestKeeper({ ...loading, stores, directory, logger });
  const keeping = { config, stores, planner, directory, clouds, logger };
  const mandates = new MandateKeeper(keeping);
  const forgeries = new ForgeryWatch(stores, logger);
  const engine = new ProvisioningEngine({
    config,
    stores,
    clouds,
    planner,
    approvals: new DefaultApprovalReader({ ...loading, directory }),
    logger,
    owner,
    onAttempt: attempt => eventMetrics.recordAttempt(attempt),
    people: new LivePeople({ clouds }),
    mandates: new MandateUses(keeping),
    keepRequests: async (claim, round) => {
      keeper.keepBeside(claim);
      await forgeries.look(claim);
      await mandates.keep(claim, round);
    },
    onCloudChanged: (organizationId, requestId) =>
      refresher.refreshAfterRequest(organizationId, requestId),
  });
  deps.lifecycle.addStartupHook(() => engine.start());
  deps.lifecycle.addShutdownHook(() => engine.stop());
  deps.lifecycle.addShutdownHook(() => mandates.stop());

  const follower = new RefreshFollower({
    refreshes: inventory.refreshes,
    organizationIds: Object.keys(config.organizations),
    onFinished: organizationId => {
      mandates.lookSoon(organizationId);
      engine.wake(organizationId);
    },
  });
  await deps.scheduler.scheduleTask({
    id: 'aws-access-follow-inventory',
    scope: 'local',
    frequency: { seconds: 10 },
    timeout: { minutes: 1 },
    fn: () => follower.look(),
  });

  await deps.scheduler.scheduleTask({
    id: 'aws-access-credentials',
    // Files, environment and network are each replica's own.
    scope: 'local',
    frequency: { minutes: 5 },
    timeout: { minutes: 1 },
    // Not awaited: a cloud that does not answer keeps no other from being asked.
    fn: async () => watchCredentials({ config, clouds, logger }),
  });

  await deps.scheduler.scheduleTask({
    id: 'aws-access-keep-read-only',
    scope: 'local',
    frequency: { minutes: 1 },
    timeout: { minutes: 5 },
    fn: () => keepReadOnly({ config, stores, keeper, logger, owner }),
  });
  return { refresher, engine, owner };
}

/** See {@link startWork}. */
export type Work = Awaited<ReturnType<typeof startWork>>;

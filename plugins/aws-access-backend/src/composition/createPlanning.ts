import { DefaultCloudsProvider } from '../clouds/DefaultCloudsProvider';
import { AwsAccessConfig } from '../config/AwsAccessConfig';
import { createFollowUps } from '../followUps/createFollowUps';
import { CatalogPersonDirectory } from '../people/CatalogPersonDirectory';
import { DefaultRequestPlanner } from '../planning/DefaultRequestPlanner';
import { PolicyExtensions } from '../policy/PolicyExtensions';
import { OpenStores } from './openStores';
import { PluginDeps } from './pluginDeps';

/** People, clouds, and what requests would do between them. */
export async function createPlanning(
  deps: PluginDeps,
  config: AwsAccessConfig,
  { stores, verifier, eventMetrics }: OpenStores,
  extensions: PolicyExtensions,
) {
  const directory = new CatalogPersonDirectory({
    ...deps,
    trustedLocations: config.people.trustedCatalogLocations,
  });
  const clouds = new DefaultCloudsProvider({
    config,
    verifier,
    onThrottled: throttling => eventMetrics.countThrottled(throttling),
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
        deps.logger.error(`The policy "${name}" failed: ${error}`),
    }),
  });
  await deps.scheduler.scheduleTask({
    id: 'aws-access-follow-ups',
    scope: 'local',
    frequency: { milliseconds: config.worker.pollSeconds * 1000 },
    timeout: { minutes: 5 },
    fn: () => followUps.startWaiting(),
  });
  return { directory, clouds, planner };
}

/** See {@link createPlanning}. */
export type Planning = Awaited<ReturnType<typeof createPlanning>>;

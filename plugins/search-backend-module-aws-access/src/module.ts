import {
  coreServices,
  createBackendModule,
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
} from '@backstage/backend-plugin-api';
import {
  LunrSearchEngine,
  SearchEngine,
} from '@backstage/plugin-search-backend-node';
import {
  searchEngineRegistryExtensionPoint,
  searchIndexRegistryExtensionPoint,
} from '@backstage/plugin-search-backend-node/alpha';
import { awsAccessServiceRef } from 'backstage-plugin-aws-access-node';
import { AccountCollatorFactory } from './collators/AccountCollatorFactory';
import { PermissionSetCollatorFactory } from './collators/PermissionSetCollatorFactory';
import { requestCollator } from './collators/requestCollator';
import { SearchableClient } from './collators/SearchableClient';
import { awsAccessSearchEngineExtensionPoint } from './engine/awsAccessSearchEngineExtensionPoint';
import { installEngine } from './engine/installEngine';
import { withAwsAccess } from './engine/withAwsAccess';

/** A refresh of the inventory is seldom more frequent. */
const DEFAULT_SCHEDULE = {
  frequency: { minutes: 10 },
  timeout: { minutes: 15 },
  initialDelay: { seconds: 10 },
};

/**
 * Lets Backstage search find accounts and permission sets, from its index, and
 * requests, by asking the AWS access backend as the reader.
 *
 * @public
 */
export const searchModuleAwsAccess = createBackendModule({
  pluginId: 'search',
  moduleId: 'aws-access',
  register(env) {
    let engine: SearchEngine | undefined;
    env.registerExtensionPoint(awsAccessSearchEngineExtensionPoint, {
      setSearchEngine(other) {
        if (engine) throw new Error('There can be one search engine only');
        engine = other;
      },
    });
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        awsAccess: awsAccessServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        engines: searchEngineRegistryExtensionPoint,
        index: searchIndexRegistryExtensionPoint,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({ config, engines, index, logger, scheduler, ...deps }) {
        installEngine(
          engines,
          withAwsAccess(engine ?? new LunrSearchEngine({ logger }), {
            awsAccess: deps.awsAccess,
            logger,
          }),
        );

        const path = 'search.collators.awsAccess.schedule';
        const schedule = scheduler.createScheduledTaskRunner(
          config.has(path)
            ? readSchedulerServiceTaskScheduleDefinitionFromConfig(
                config.getConfig(path),
              )
            : DEFAULT_SCHEDULE,
        );
        const client = new SearchableClient(deps);
        const accounts = new AccountCollatorFactory({ client });
        const permissionSets = new PermissionSetCollatorFactory({ client });
        index.addCollator({ schedule, factory: accounts });
        index.addCollator({ schedule, factory: permissionSets });
        index.addCollator(requestCollator);
      },
    });
  },
});

import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { readAwsAccessConfig } from './config/readAwsAccessConfig';
import { runMigrations } from './database/runMigrations';

/**
 * Self-service AWS access for teams.
 *
 * @public
 */
export const awsAccessPlugin = createBackendPlugin({
  pluginId: 'aws-access',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        database: coreServices.database,
      },
      async init(deps) {
        readAwsAccessConfig(deps.config);
        await runMigrations(deps.database);
      },
    });
  },
});

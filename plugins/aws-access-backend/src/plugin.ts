import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { awsAccessPermissions } from 'backstage-plugin-aws-access-common';
import { awsAccessPolicyExtensionPoint } from 'backstage-plugin-aws-access-node';
import { auditActions } from './actions/auditActions';
import { registerActions } from './actions/registerActions';
import { createApi } from './composition/createApi';
import { createPlanning } from './composition/createPlanning';
import { openStores } from './composition/openStores';
import { pluginDeps } from './composition/pluginDeps';
import { startWork } from './composition/startWork';
import { readAwsAccessConfig } from './config/readAwsAccessConfig';
import { refuseUnsafeStart } from './config/refuseUnsafeStart';
import { PolicyExtensions } from './policy/PolicyExtensions';
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
      deps: pluginDeps,
      async init(deps) {
        const config = readAwsAccessConfig(deps.config);
        refuseUnsafeStart(deps.config, config);
        extensions.refuseUnknown(config.policy);

        const open = await openStores(deps, config);
        const planning = await createPlanning(deps, config, open, extensions);
        const work = await startWork(deps, config, open, planning, extensions);
        const api = createApi(deps, config, open, planning, work, extensions);

        deps.permissionsRegistry.addPermissions(awsAccessPermissions);
        deps.httpRouter.use(createRouter({ ...deps, ...api }));
        registerActions({
          ...deps,
          ...api,
          actionsRegistry: auditActions(deps.actionsRegistry, deps),
        });
      },
    });
  },
});

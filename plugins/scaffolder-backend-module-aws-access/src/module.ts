import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { awsAccessServiceRef } from 'backstage-plugin-aws-access-node';
import { createAccessRequestAction } from './request/createAccessRequestAction';

/**
 * Adds the AWS access actions to the scaffolder. They file requests; only the
 * AWS access backend decides, and only it writes to a cloud.
 *
 * @public
 */
export const scaffolderModuleAwsAccess = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'aws-access',
  register(env) {
    env.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        awsAccess: awsAccessServiceRef,
        config: coreServices.rootConfig,
      },
      async init({ actions, awsAccess, config }) {
        const portalUrl = config.getString('app.baseUrl');
        actions.addActions(createAccessRequestAction({ awsAccess, portalUrl }));
      },
    });
  },
});

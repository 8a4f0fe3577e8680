import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { awsAccessServiceRef } from 'backstage-plugin-aws-access-node';
import { createAccountAssignmentAction } from './direct/createAccountAssignmentAction';
import { createAddMembersAction } from './direct/createAddMembersAction';
import { createGroupAction } from './direct/createGroupAction';
import { createPermissionSetAction } from './direct/createPermissionSetAction';
import { createAccessRequestAction } from './request/createAccessRequestAction';
import { createReturnAction } from './return/createReturnAction';
import { readWaitSeconds } from './shared/readWaitSeconds';

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
        const options = {
          awsAccess,
          portalUrl: config.getString('app.baseUrl'),
          waitSeconds: readWaitSeconds(config),
        };
        actions.addActions(
          createAccessRequestAction(options),
          createReturnAction(options),
          createGroupAction(options),
          createAddMembersAction(options),
          createPermissionSetAction(options),
          createAccountAssignmentAction(options),
        );
      },
    });
  },
});

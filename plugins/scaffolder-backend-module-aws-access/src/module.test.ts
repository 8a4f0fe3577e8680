import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import {
  scaffolderActionsExtensionPoint,
  TemplateAction,
} from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import scaffolderModuleAwsAccess from '.';
import { examples } from './request/createAccessRequestAction.examples';
import { parse } from 'yaml';

/** Stands in for the backend: files everything, and says for whom. */
const fakeAwsAccessPlugin = createBackendPlugin({
  pluginId: 'aws-access',
  register(env) {
    env.registerInit({
      deps: {
        httpRouter: coreServices.httpRouter,
        httpAuth: coreServices.httpAuth,
      },
      async init({ httpRouter, httpAuth }) {
        httpRouter.use(async (request, response) => {
          const { principal } = await httpAuth.credentials(request, {
            allow: ['user'],
          });
          response.json({
            id: 'r-1',
            number: 1,
            state: 'pending',
            title: `${request.method} ${request.path} as ${principal.userEntityRef}`,
          });
        });
      },
    });
  },
});

it('gives the scaffolder an action that reaches the backend as the person', async () => {
  const actions: TemplateAction<any, any, any>[] = [];
  await startTestBackend({
    extensionPoints: [
      [
        scaffolderActionsExtensionPoint,
        { addActions: (...added) => actions.push(...added) },
      ],
    ],
    features: [
      scaffolderModuleAwsAccess,
      fakeAwsAccessPlugin,
      mockServices.rootConfig.factory({
        data: { app: { baseUrl: 'http://portal' }, backend: { listen: ':0' } },
      }),
    ],
  });

  expect(actions.map(action => action.id)).toEqual([
    'aws-access:request:create',
  ]);
  const context = {
    ...createMockActionContext<any, any>({
      input: parse(examples[0].example).steps[0].input,
    }),
    getInitiatorCredentials: async () =>
      mockCredentials.user('user:default/ana'),
  };
  await actions[0].handler(context);

  expect(context.output).toHaveBeenCalledWith(
    'requestUrl',
    'http://portal/aws-access/requests/r-1',
  );
  expect(context.output).toHaveBeenCalledWith(
    'title',
    'POST /requests as user:default/ana',
  );
});

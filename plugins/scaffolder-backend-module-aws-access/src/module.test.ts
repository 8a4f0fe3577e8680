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

const REPORT = 'requestId requestNumber requestUrl state title';
const DIRECT = 'requestId team justification duration ticket organizationId';

it('gives the scaffolder actions that reach the backend as the person', async () => {
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

  // Template authors rely on these names: nothing here may go or change.
  expect(
    Object.fromEntries(
      actions.map(({ id, schema, supportsDryRun }) => [
        id,
        {
          input: Object.keys(schema!.input!.properties!).join(' '),
          required: (schema!.input!.required as string[] | undefined) ?? [],
          output: Object.keys(schema!.output!.properties!).join(' '),
          supportsDryRun,
        },
      ]),
    ),
  ).toEqual({
    'aws-access:request:create': {
      input:
        'team justification ticket onBehalfOf duration accounts permissionSet for elevate changes organizationId followUp',
      required: ['team', 'justification', 'duration'],
      output: REPORT,
      supportsDryRun: true,
    },
    'aws-access:return': {
      input: 'requestId reason',
      required: ['requestId'],
      output: REPORT,
      supportsDryRun: true,
    },
    'entra:group:create': {
      input: `${DIRECT} name description for`,
      required: [],
      output: `${REPORT} entraGroupId groupName`,
      supportsDryRun: true,
    },
    'entra:group:add-members': {
      input: `${DIRECT} accessGroup people`,
      required: [],
      output: REPORT,
      supportsDryRun: true,
    },
    'aws:permission-set:create': {
      input: `${DIRECT} name description sessionDuration relayState managedPolicies customerManagedPolicies inlinePolicy permissionsBoundary tags`,
      required: [],
      output: `${REPORT} permissionSetArn permissionSetName`,
      supportsDryRun: true,
    },
    'aws:account-assignment:create': {
      input: `${DIRECT} accessGroup permissionSet accounts scope`,
      required: [],
      output: REPORT,
      supportsDryRun: true,
    },
  });
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

it('does not start when steps would wait for too long', async () => {
  await expect(
    startTestBackend({
      extensionPoints: [
        [scaffolderActionsExtensionPoint, { addActions: () => {} }],
      ],
      features: [
        scaffolderModuleAwsAccess,
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://portal' },
            awsAccess: { templates: { waitSeconds: 3600 } },
          },
        }),
      ],
    }),
  ).rejects.toThrow(
    'awsAccess.templates.waitSeconds must be between 0 and 120 seconds, and is 3600.',
  );
});

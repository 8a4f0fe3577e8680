import {
  BackendFeature,
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import {
  fileRequestSchema,
  ParsedFileRequestInput,
} from 'backstage-plugin-aws-access-common';
import { json } from 'express';
import scaffolderModuleAwsAccess from '..';
import { EndedTask, runTemplate } from './runTemplate';
import { shippedTemplates } from './shippedTemplates';

/** The real scaffolder with the real actions, and a stand-in for the backend. */
export class ScaffolderPortal {
  private constructor(
    private readonly backend: Awaited<ReturnType<typeof startTestBackend>>,
    /** What reached the wire, parsed by its own schema, and by whom. */
    readonly filed: Array<ParsedFileRequestInput & { by: string }>,
  ) {}

  static async start(): Promise<ScaffolderPortal> {
    const filed: ScaffolderPortal['filed'] = [];
    const backend = await startTestBackend({
      features: [
        scaffolderPlugin,
        scaffolderModuleAwsAccess,
        createFakeAwsAccess(filed),
        catalogServiceMock.factory({
          entities: [
            ...shippedTemplates(),
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'User',
              metadata: { name: 'ana', namespace: 'default' },
              spec: {},
            },
          ],
        }),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://portal' },
            backend: { listen: ':0' },
          },
        }),
      ],
    });
    return new ScaffolderPortal(backend, filed);
  }

  /** Runs a template to its end, as Ana. */
  run(name: string, values: object): Promise<EndedTask> {
    return runTemplate(this.backend.server, name, values, 'ana');
  }

  async stop(): Promise<void> {
    await this.backend.stop();
  }
}

/** Files everything, and remembers it. */
function createFakeAwsAccess(filed: ScaffolderPortal['filed']): BackendFeature {
  return createBackendPlugin({
    pluginId: 'aws-access',
    register(env) {
      env.registerInit({
        deps: {
          httpRouter: coreServices.httpRouter,
          httpAuth: coreServices.httpAuth,
        },
        async init({ httpRouter, httpAuth }) {
          httpRouter.use(json());
          httpRouter.use(async (request, response) => {
            const { principal } = await httpAuth.credentials(request, {
              allow: ['user'],
            });
            const input = fileRequestSchema.parse(request.body);
            filed.push({ ...input, by: principal.userEntityRef });
            response.json({
              id: `r-${filed.length}`,
              number: filed.length,
              state: 'pending',
              title: 'Ana asks',
            });
          });
        },
      });
    },
  });
}

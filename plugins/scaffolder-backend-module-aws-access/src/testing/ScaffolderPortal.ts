import {
  BackendFeature,
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import {
  fileRequestSchema,
  ParsedFileRequestInput,
} from 'backstage-plugin-aws-access-common';
import { json } from 'express';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import supertest from 'supertest';
import { parse } from 'yaml';
import scaffolderModuleAwsAccess from '..';

const TEMPLATES = resolve(__dirname, '../../../../examples/templates');

/** A task that has ended, as the scaffolder tells of it. */
export interface EndedTask {
  status: 'completed' | 'failed';
  /** What `output` of the template came to. */
  output: { links?: Array<{ title: string; url: string }> };
  log: string[];
}

/** The software templates that ship, as the catalog has them. */
export function shippedTemplates(): Array<Entity & { spec: any }> {
  return readdirSync(TEMPLATES).map(folder => {
    const file = resolve(TEMPLATES, folder, 'template.yaml');
    const template = parse(readFileSync(file, 'utf8'));
    template.metadata.annotations = {
      'backstage.io/managed-by-location': `file:${file}`,
    };
    return template;
  });
}

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
  async run(name: string, values: object): Promise<EndedTask> {
    const request = supertest(this.backend.server);
    const authorization = mockCredentials.user.header('user:default/ana');
    const created = await request
      .post('/api/scaffolder/v2/tasks')
      .set('authorization', authorization)
      .send({ templateRef: `template:default/${name}`, values });
    if (created.status !== 201) throw new Error(created.text);
    const path = `/api/scaffolder/v2/tasks/${created.body.id}`;
    for (;;) {
      const { body: task } = await request
        .get(path)
        .set('authorization', authorization);
      if (task.status === 'completed' || task.status === 'failed') {
        const { body: events } = await request
          .get(`${path}/events`)
          .set('authorization', authorization);
        const end = events.find((event: any) => event.type === 'completion');
        return {
          status: task.status,
          output: end.body.output ?? {},
          log: events.map((event: any) => event.body.message),
        };
      }
      await new Promise(next => setImmediate(next));
    }
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

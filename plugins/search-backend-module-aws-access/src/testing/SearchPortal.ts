import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import {
  BackendFeature,
  coreServices,
  createServiceFactory,
  PermissionsService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import searchPlugin from '@backstage/plugin-search-backend';
import awsAccessPlugin from 'backstage-plugin-aws-access-backend';
import { AWS_ACCESS_SEARCH_TYPES } from 'backstage-plugin-aws-access-common';
import {
  RunningSandbox,
  startSandbox,
} from 'backstage-plugin-aws-access-sandbox';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import supertest, { Test } from 'supertest';
import { parse } from 'yaml';
import searchModuleAwsAccess from '..';
import { exampleOrganization } from './exampleOrganization';

/** So begin the names that the search plugin gives its tasks. */
const INDEXING = 'search_index_';

/** What search answers. */
export interface Answer {
  results: Array<{ type: string; document: Record<string, any> }>;
  numberOfResults?: number;
  nextPageCursor?: string;
  previousPageCursor?: string;
}

/**
 * Search, this module, the backend and the sandbox as the demo portal has them;
 * only the catalog and the sign-in are stand-ins.
 */
export class SearchPortal {
  private constructor(
    private readonly sandbox: RunningSandbox,
    private readonly backend: Awaited<ReturnType<typeof startTestBackend>>,
    private readonly scheduler: SchedulerService,
  ) {}

  /** @param options.permissions - the portal's; left out = they are off */
  static async start(
    options: {
      permissions?: PermissionsService;
      features?: BackendFeature[];
    } = {},
  ): Promise<SearchPortal> {
    const sandbox = await startSandbox({
      operationDelayMs: 0,
      limits: {
        ssoAdminRequestsPerSecond: 100_000,
        identityStoreRequestsPerSecond: 100_000,
      },
    });
    const scheduler = mockServices.scheduler();
    const backend = await startTestBackend({
      features: [
        searchPlugin,
        searchModuleAwsAccess,
        awsAccessPlugin,
        ...(options.features ?? []),
        createServiceFactory({
          service: coreServices.scheduler,
          deps: {},
          factory: () => scheduler,
        }),
        catalogServiceMock.factory({ entities: exampleOrganization() }),
        options.permissions
          ? mockServices.permissions.mock(options.permissions).factory
          : permissionsServiceFactory,
        mockServices.rootConfig.factory({
          data: {
            permission: { enabled: options.permissions !== undefined },
            awsAccess: readDemoConfig(sandbox.url),
          },
        }),
      ],
    });
    const portal = new SearchPortal(sandbox, backend, scheduler);
    for (const { id } of await scheduler.getScheduledTasks()) {
      if (!id.startsWith(INDEXING)) await scheduler.triggerTask(id);
    }
    await portal.#untilRead();
    await portal.index();
    return portal;
  }

  /** Reads accounts and permission sets into the index. */
  async index(): Promise<void> {
    for (const type of [
      AWS_ACCESS_SEARCH_TYPES.account,
      AWS_ACCESS_SEARCH_TYPES.permissionSet,
    ]) {
      await this.scheduler.triggerTask(`${INDEXING}${type.replace('-', '_')}`);
    }
  }

  /** @param caller - a name of the example company, `service`, or `nobody` */
  search(caller: string, query: object): Test {
    return this.get(`/search/query?${toQuery(query)}`, caller);
  }

  async find(caller: string, query: object): Promise<Answer> {
    return (await this.search(caller, query).expect(200)).body;
  }

  /** Searches by the action, as assistants do. */
  async ask(caller: string, input: object): Promise<any> {
    const path = '/search/.backstage/actions/v1/actions/search:query/invoke';
    const { body } = await this.post(path, caller, input).expect(200);
    return body.output;
  }

  get(path: string, caller: string): Test {
    return supertest(this.backend.server)
      .get(`/api${path}`)
      .set('authorization', authorizationOf(caller));
  }

  post(path: string, caller: string, body: object): Test {
    return supertest(this.backend.server)
      .post(`/api${path}`)
      .set('authorization', authorizationOf(caller))
      .send(body);
  }

  /** Asks for a permission set in an account, for whoever asks. */
  async file(
    caller: string,
    wish: { account: string; permissionSet: string; team: string },
  ): Promise<{ id: string; number: number }> {
    const sets = await this.get(
      `/aws-access/permission-sets?search=${wish.permissionSet}`,
      caller,
    );
    const { body } = await this.post('/aws-access/requests', caller, {
      team: `group:default/${wish.team}`,
      justification: 'Hunting a leaky faucet',
      duration: 'PT4H',
      idempotencyKey: randomUUID(),
      changes: [
        {
          kind: 'accessGroup',
          key: 'access',
          members: { kind: 'people', people: [`user:default/${caller}`] },
        },
        {
          kind: 'assignment',
          accessGroup: { change: 'access' },
          permissionSet: { arn: sets.body.items[0].arn },
          accounts: { kind: 'named', accountIds: [wish.account] },
        },
      ],
    }).expect(200);
    return body;
  }

  async #untilRead(): Promise<void> {
    for (;;) {
      const { body } = await this.get('/aws-access/inventory', 'ana');
      if (body.items?.[0].refresh.finishedAt) return;
      await setTimeout(20);
    }
  }

  async stop(): Promise<void> {
    await this.backend.stop();
    await this.sandbox.stop();
  }
}

function authorizationOf(caller: string): string {
  if (caller === 'service') return mockCredentials.service.header();
  if (caller === 'nobody') return mockCredentials.none.header();
  return mockCredentials.user.header(`user:default/${caller}`);
}

function toQuery(query: object): string {
  return Object.entries(query)
    .flatMap(([name, value]) =>
      Array.isArray(value)
        ? value.map((one, index) => [`${name}[${index}]`, one])
        : [[name, value]],
    )
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}

/** `awsAccess` of the demo portal, against this sandbox. */
function readDemoConfig(url: string) {
  const file = resolve(__dirname, '../../../../app-config.yaml');
  const text = readFileSync(file, 'utf8').replaceAll(
    /\$\{AWS_ACCESS_SANDBOX_URL:-[^}]*\}/g,
    url,
  );
  return parse(text).awsAccess;
}

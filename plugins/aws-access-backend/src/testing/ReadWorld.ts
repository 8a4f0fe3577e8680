import { BackendFeature } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  RunningSandbox,
  startSandbox,
} from 'backstage-plugin-aws-access-sandbox';
import { Knex } from 'knex';
import supertest, { Test } from 'supertest';
import { DatabaseStores } from '../database/DatabaseStores';
import { NO_SEALS } from '../integrity/Seals';
import { DatabaseInventory } from '../inventory/DatabaseInventory';
import { awsAccessPlugin } from '../plugin';
import { exampleCatalog } from './exampleCatalog';
import { policyOf } from './RequestWorld';
import { sandboxConfig } from './sandboxConfig';

/** The plugin as a portal runs it, over a sandbox whose clouds it has read. */
export class ReadWorld {
  private constructor(
    readonly sandbox: RunningSandbox,
    readonly stores: DatabaseStores,
    readonly inventory: DatabaseInventory,
    private readonly backend: Awaited<ReturnType<typeof startTestBackend>>,
  ) {}

  static async start(
    knex: Knex,
    options: {
      /** Names of permissions that the portal's policy denies. */
      denied?: string[];
      /** Leads of a team beside its own, by the team's name. */
      leads?: Record<string, string[]>;
      /** Replaces settings of the organization. */
      organization?: Parameters<typeof sandboxConfig>[1];
      /** Organizations beside it, by id. */
      others?: ReturnType<typeof sandboxConfig>['organizations'];
      /** More of the portal, such as its log. */
      features?: BackendFeature[];
    } = {},
  ): Promise<ReadWorld> {
    const sandbox = await startSandbox({
      operationDelayMs: 0,
      limits: {
        ssoAdminRequestsPerSecond: 100_000,
        identityStoreRequestsPerSecond: 100_000,
      },
    });
    const inventory = new DatabaseInventory(knex);
    const awsAccess = sandboxConfig(sandbox.url, {
      writes: 'off',
      ...options.organization,
    });
    Object.assign(awsAccess.organizations, options.others);
    const backend = await startTestBackend({
      features: [
        awsAccessPlugin,
        ...(options.features ?? []),
        catalogServiceMock.factory({
          entities: withLeads(exampleCatalog(), options.leads ?? {}),
        }),
        mockServices.database.factory({ knex }),
        mockServices.permissions.mock(policyOf(options)).factory,
        mockServices.rootConfig.factory({
          data: { awsAccess },
        }),
      ],
    });
    const world = new ReadWorld(
      sandbox,
      new DatabaseStores(knex, NO_SEALS),
      inventory,
      backend,
    );
    await world.untilRefreshed();
    return world;
  }

  /** The plugin refreshes by itself when it starts. */
  async untilRefreshed(since = ''): Promise<void> {
    for (;;) {
      const { finishedAt } = await this.inventory.refreshes.get('parcel');
      if (finishedAt && finishedAt > since) return;
      await new Promise(resolve => setImmediate(resolve));
    }
  }

  get(path: string, caller: string): Test {
    return supertest(this.backend.server)
      .get(`/api/aws-access${path}`)
      .set('authorization', authorizationOf(caller));
  }

  post(path: string, caller: string, body: object = {}): Test {
    return supertest(this.backend.server)
      .post(`/api/aws-access${path}`)
      .set('authorization', authorizationOf(caller))
      .send(body);
  }

  async stop(): Promise<void> {
    await this.backend.stop();
    await this.sandbox.stop();
  }
}

/** @param caller - a name of the example company, `service`, or `nobody` */
function authorizationOf(caller: string): string {
  if (caller === 'service') return mockCredentials.service.header();
  if (caller === 'nobody') return mockCredentials.none.header();
  return mockCredentials.user.header(`user:default/${caller}`);
}

function withLeads(
  entities: Entity[],
  leads: Record<string, string[]>,
): Entity[] {
  for (const { kind, metadata } of entities) {
    if (kind !== 'Group' || !leads[metadata.name]) continue;
    metadata.annotations = {
      'aws-access/leads': [
        metadata.annotations?.['aws-access/leads'],
        ...leads[metadata.name].map(name => `user:default/${name}`),
      ].join(),
    };
  }
  return entities;
}

import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import {
  BackendFeature,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import {
  AuthorizeResult,
  ConditionalPolicyDecision,
  PolicyDecision,
  QueryPermissionRequest,
} from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import supertest, { Test } from 'supertest';
import { DatabaseStores } from '../database/DatabaseStores';
import { digestOf } from '../digest/digestOf';
import { NO_SEALS } from '../integrity/Seals';
import { awsAccessPlugin } from '../plugin';
import {
  example,
  exampleChanges,
  exampleConfigSection,
  exampleDocument,
  examplePins,
} from './examplePlan';
import { FakePeople } from './FakePeople';
import { InventoryWriter } from './InventoryWriter';

type Name = keyof typeof example.entraIds;

/** Where nothing listens: these tests are about requests, not about clouds. */
const NOWHERE = 'http://127.0.0.1:9';

function user(name: Name, displayName: string, teams: string[]): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: {
      name,
      annotations: { 'graph.microsoft.com/user-id': example.entraIds[name] },
    },
    spec: { profile: { displayName } },
    relations: teams.map(team => ({
      type: 'memberOf',
      targetRef: `group:default/${team}`,
    })),
  };
}

function group(name: string, leads: Name[], members: Name[]): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: {
      name,
      annotations: {
        'aws-access/leads': leads.map(lead => `user:default/${lead}`).join(),
      },
    },
    spec: { profile: { displayName: name } },
    relations: members.map(member => ({
      type: 'hasMember',
      targetRef: `user:default/${member}`,
    })),
  };
}

/** The catalog of these tests. Changing the array changes the catalog. */
function exampleEntities(): Entity[] {
  return [
    user('ana', 'Ana Alves', ['payments']),
    user('ben', 'Ben Brandt', ['payments']),
    user('petra', 'Petra Pohl', ['payments']),
    user('otto', 'Otto Olsen', ['data']),
    user('sia', 'Sia Sand', ['security']),
    user('uma', 'Uma Ude', ['web-shop']),
    user('ida', 'Ida Iversen', ['cloud-platform']),
    group('payments', ['petra'], ['ana', 'ben', 'petra']),
    group('data', ['otto', 'ida'], ['otto']),
    group('security', [], ['sia']),
    group('web-shop', [], ['uma']),
    group('cloud-platform', [], ['ida']),
  ];
}

const ACCOUNTS = [
  ['data-prod', example.dataProd, 'prod', 'user:default/otto'],
  ['data-dev', example.dataDev, 'dev', 'group:default/data'],
  ['payments-prod', example.paymentsProd, 'prod', 'user:default/petra'],
  ['parcel-management', example.management, 'prod', 'user:default/ida'],
  ['sandbox-shared', '999900001111', 'sandbox', 'user:default/ida'],
  ['nobodys', '123456789012', 'dev', ''],
];

const PERMISSION_SETS: Array<[string, string, string[]]> = [
  [example.readOnly, 'ReadOnly', ['ReadOnlyAccess']],
  [example.administrator, 'AdministratorAccess', ['AdministratorAccess']],
  [example.breakGlass, 'BreakGlass', ['AdministratorAccess']],
];

/** Fills the inventory as a refresh would, and pins the organization. */
async function fillInventory(
  stores: DatabaseStores,
  inventory: InventoryWriter,
): Promise<void> {
  const id = example.organizationId;
  const people = Object.entries(example.entraIds);
  await stores.organizations.pin(examplePins);
  await inventory.replaceAccounts(
    id,
    ACCOUNTS.map(([name, accountId, environment, owner]) => ({
      accountId,
      name,
      email: null,
      state: 'ACTIVE',
      joinedAt: null,
      ouPath: [],
      tags: { environment, ...(owner && { owner }) },
    })),
  );
  await inventory.replacePermissionSets(
    id,
    PERMISSION_SETS.map(([arn, name, managed]) => {
      const document = exampleDocument(name, managed);
      return { arn, name, document, documentDigest: digestOf(document) };
    }),
  );
  await inventory.replaceIdentityStore(id, {
    users: people.map(([name, externalId]) => ({
      userId: `store-${name}`,
      userName: name,
      displayName: name,
      externalId,
    })),
    groups: [
      { groupId: 'store-group', displayName: 'AWS-Admins', externalId: null },
    ],
    memberships: [],
  });
  await inventory.replaceEntraUsers(
    id,
    people.map(([name, userId]) => ({
      userId,
      userPrincipalName: `${name}@parcel.example`,
      displayName: name,
      accountEnabled: true,
    })),
  );
  await inventory.replaceEntraGroups(id, { groups: [], memberships: [] });
  await inventory.replaceAssignments(id, []);
  await stores.inventory.markRead(id, 'enterpriseApplication');
}

/** The plugin as a portal runs it, over a database with a filled inventory. */
export class RequestWorld {
  private constructor(
    readonly stores: DatabaseStores,
    readonly inventory: InventoryWriter,
    readonly entities: Entity[],
    readonly people: FakePeople,
    private readonly server: supertest.SuperTest<Test>,
    private readonly end: () => Promise<void>,
  ) {}

  static async start(
    knex: Knex,
    options: {
      awsAccess?: object;
      /** Names of permissions that the portal's policy denies. */
      denied?: string[];
      /** Are in the catalog as well. */
      entities?: Entity[];
      /** Modules that are installed as well. */
      modules?: BackendFeature[];
      /** Conditions of the portal's policy, by name of the permission. */
      conditions?: Record<string, ConditionalPolicyDecision>;
      /** The portal runs without permissions. */
      withoutPermissions?: boolean;
      /** More of the portal, such as its notifications. */
      features?: BackendFeature[];
    } = {},
  ): Promise<RequestWorld> {
    const stores = new DatabaseStores(knex, NO_SEALS);
    const inventory = new InventoryWriter(knex);
    // A second replica finds it filled, and must not disturb what the first reads.
    if (!(await knex('aws_access_accounts').first())) {
      await fillInventory(stores, inventory);
    }
    const entities = [...exampleEntities(), ...(options.entities ?? [])];
    const people = await FakePeople.start();
    const awsAccess = { ...exampleConfigSection, ...options.awsAccess };
    const { parcel, ...others } = awsAccess.organizations;
    const backend = await startTestBackend({
      features: [
        awsAccessPlugin,
        ...(options.modules ?? []),
        ...(options.features ?? []),
        catalogServiceMock.factory({ entities }),
        mockServices.database.factory({ knex }),
        options.withoutPermissions
          ? permissionsServiceFactory
          : mockServices.permissions.mock(policyOf(options)).factory,
        mockServices.rootConfig.factory({
          data: {
            ...(options.withoutPermissions && {
              permission: { enabled: false },
            }),
            awsAccess: {
              ...awsAccess,
              organizations: {
                ...others,
                parcel: {
                  ...parcel,
                  aws: { ...parcel.aws, endpoint: NOWHERE },
                  entra: { ...parcel.entra, graphUrl: people.url },
                },
              },
            },
          },
        }),
      ],
    });
    return new RequestWorld(
      stores,
      inventory,
      entities,
      people,
      supertest(backend.server) as unknown as supertest.SuperTest<Test>,
      async () => {
        await backend.stop();
        await people.stop();
      },
    );
  }

  async stop(): Promise<void> {
    await this.end();
  }

  get(path: string, caller: string): Test {
    return this.server
      .get(`/api/aws-access${path}`)
      .set('authorization', authorizationOf(caller));
  }

  post(path: string, caller: string, body: object = {}): Test {
    return this.server
      .post(`/api/aws-access${path}`)
      .set('authorization', authorizationOf(caller))
      .send(body);
  }

  /** Files the simple request and returns it. */
  async file(caller: string, parts: Parameters<typeof fileInput>[0] = {}) {
    const answer = await this.post('/requests', caller, fileInput(parts));
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.body;
  }

  decide(
    request: { id: string; planVersion: number; planDigest: string },
    caller: string,
    parts: object = {},
  ): Test {
    return this.post(`/requests/${request.id}/decisions`, caller, {
      verdict: 'approve',
      planVersion: request.planVersion,
      planDigest: request.planDigest,
      ...parts,
    });
  }
}

/** A portal whose policy denies some permissions, or allows them on conditions. */
export function policyOf(options: {
  denied?: string[];
  conditions?: Record<string, ConditionalPolicyDecision>;
}): PermissionsService {
  const decide = (name: string): PolicyDecision => {
    if (options.denied?.includes(name)) return { result: AuthorizeResult.DENY };
    return options.conditions?.[name] ?? { result: AuthorizeResult.ALLOW };
  };
  const authorizeConditional = async (queries: QueryPermissionRequest[]) =>
    queries.map(({ permission }) => decide(permission.name));
  return {
    authorizeConditional,
    authorize:
      authorizeConditional as unknown as PermissionsService['authorize'],
  };
}

/**
 * @param caller - a name of the example company, `name via actor`, `service`,
 *   `plugin:name`, or `nobody`
 */
function authorizationOf(caller: string): string {
  if (caller === 'service') return mockCredentials.service.header();
  if (caller === 'nobody') return mockCredentials.none.header();
  if (caller.startsWith('plugin:')) {
    return mockCredentials.service.header({
      onBehalfOf: mockCredentials.service(caller),
      targetPluginId: 'aws-access',
    });
  }
  const [name, actor] = caller.split(' via ');
  return `Bearer ${mockCredentials.user.token(
    `user:default/${name}`,
    actor ? { actor: { subject: actor } } : undefined,
  )}`;
}

/** The body of a filing: ReadOnly on data-prod for Ana, 8 h. */
export function fileInput(
  parts: {
    duration?: string | null;
    team?: string;
    organizationId?: string;
    idempotencyKey?: string;
    justification?: string;
  } & Parameters<typeof exampleChanges>[0] = {},
) {
  const {
    duration,
    team,
    organizationId,
    idempotencyKey,
    justification,
    ...changes
  } = parts;
  return {
    ...(organizationId && { organizationId }),
    team: team ?? 'group:default/payments',
    justification: justification ?? 'The report is wrong since Monday',
    duration: duration === undefined ? 'PT8H' : duration,
    changes: exampleChanges(changes),
    idempotencyKey: idempotencyKey ?? randomUUID(),
  };
}

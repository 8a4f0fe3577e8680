import { Change, OrganizationPins } from 'backstage-plugin-aws-access-common';
import { PermissionSetDocument } from '../clouds/AwsCloud';
import {
  AwsAccessConfig,
  awsAccessConfigSchema,
} from '../config/AwsAccessConfig';
import { digestOf } from '../digest/digestOf';
import { CatalogPerson } from '../people/PersonDirectory';
import { accessLevelOf } from '../iam/accessLevelOf';
import { accountFacts } from '../facts/accountFacts';
import { PlanFacts } from '../planning/facts/PlanFacts';

/** Ids of the example company that tests speak of. */
export const example = {
  organizationId: 'parcel',
  dataProd: '555566667777',
  dataDev: '555566669999',
  paymentsProd: '111122223333',
  management: '100000000001',
  readOnly:
    'arn:aws:sso:::permissionSet/ssoins-7223aa11bb22cc33/ps-0000000000000001',
  administrator:
    'arn:aws:sso:::permissionSet/ssoins-7223aa11bb22cc33/ps-0000000000000002',
  breakGlass:
    'arn:aws:sso:::permissionSet/ssoins-7223aa11bb22cc33/ps-0000000000000003',
  entraIds: {
    ana: 'fbb285fc-f72c-599e-ab0b-20dc26645f2d',
    ben: 'a74e42e4-4fe9-5cb7-92ba-c3184d713d2b',
    petra: 'ddf4f373-fd92-5b61-a989-8341ffd029cf',
    otto: '00000000-0000-4000-8000-000000000001',
    sia: '00000000-0000-4000-8000-000000000002',
    uma: '00000000-0000-4000-8000-000000000003',
    ida: '00000000-0000-4000-8000-000000000004',
  },
} as const;

/** The immutable ids by which the example company is known. */
export const examplePins: OrganizationPins = {
  organizationId: example.organizationId,
  instanceArn: 'arn:aws:sso:::instance/ssoins-7223aa11bb22cc33',
  identityStoreId: 'd-99670e1a2b',
  managementAccountId: example.management,
  tenantId: '3f0e9c54-7a55-4a3f-9b0e-6a1d2c3b4e5f',
  enterpriseApplicationId: 'b9c6cb3e-5f24-4a55-9c8a-7d8e51b5f003',
};

/** `awsAccess` as an administrator would write it. */
export const exampleConfigSection = {
  organizations: {
    parcel: {
      title: 'Example Parcel',
      writes: 'on',
      accessPortalUrl: 'http://127.0.0.1:4600/sandbox/start',
      aws: { region: 'eu-central-1', endpoint: 'http://127.0.0.1:4600' },
      entra: {
        tenantId: examplePins.tenantId,
        graphUrl: 'http://127.0.0.1:4600',
        enterpriseApplicationId: examplePins.enterpriseApplicationId,
        servicePrincipalId: '0c6d1a52-95d8-4f0f-8c4e-2f8f4f3f6a01',
        credentials: { type: 'accessToken', token: 'sandbox-portal-token' },
      },
      protected: { permissionSets: ['BreakGlass'] },
    },
  },
  roles: {
    admin: ['user:default/ida'],
    operator: ['user:default/ida'],
    auditor: ['group:default/security'],
    security: ['user:default/sia'],
  },
  policy: {
    defaultStage: { name: 'account owner', approvers: ['accountOwner'] },
    rules: [
      {
        name: 'production',
        match: { environments: ['prod'] },
        require: [{ name: 'account owner', approvers: ['accountOwner'] }],
        maxDuration: 'PT12H',
      },
      {
        name: 'powerful access to production',
        match: { environments: ['prod'], accessLevels: ['admin', 'power'] },
        require: [{ name: 'security', approvers: ['user:default/sia'] }],
      },
      {
        name: 'sandboxes are free',
        match: { environments: ['sandbox'] },
        autoApprove: true,
      },
      {
        name: 'no standing administrators',
        match: { accessLevels: ['admin'], temporary: false },
        deny: 'Administrator rights have an end.',
      },
    ],
  },
};

/** The same as the code reads it. */
export function exampleConfig(): AwsAccessConfig {
  return awsAccessConfigSchema.parse(exampleConfigSection);
}

/** Somebody of the example company, in teams given by name. */
export function examplePerson(
  name: keyof typeof example.entraIds,
  teams: string[],
): CatalogPerson {
  const displayNames = {
    ana: 'Ana Alves',
    ben: 'Ben Brandt',
    petra: 'Petra Pohl',
    otto: 'Otto Olsen',
    sia: 'Sia Sand',
    uma: 'Uma Ude',
    ida: 'Ida Iversen',
  };
  return {
    entityRef: `user:default/${name}`,
    displayName: displayNames[name],
    entraUserId: example.entraIds[name],
    teams: teams.map(team => `group:default/${team}`),
  };
}

/** A permission set document with AWS managed policies. */
export function exampleDocument(
  name: string,
  managed: string[],
  parts: Partial<PermissionSetDocument> = {},
): PermissionSetDocument {
  return {
    name,
    description: null,
    sessionDuration: 'PT8H',
    relayState: null,
    managedPolicies: managed.map(path => ({
      arn: `arn:aws:iam::aws:policy/${path}`,
      name: path,
    })),
    customerManagedPolicies: [],
    inlinePolicy: null,
    permissionsBoundary: null,
    tags: {},
    ...parts,
  };
}

/** The simple request: Ana asks for ReadOnly on data-prod. */
export function exampleChanges(
  parts: {
    people?: string[];
    permissionSet?: string;
    accountIds?: string[];
    name?: string;
  } = {},
): Change[] {
  return [
    {
      kind: 'accessGroup',
      key: 'access',
      ...(parts.name && { name: parts.name }),
      members: { kind: 'people', people: parts.people ?? ['user:default/ana'] },
    },
    {
      kind: 'assignment',
      accessGroup: { change: 'access' },
      permissionSet: { arn: parts.permissionSet ?? example.readOnly },
      accounts: {
        kind: 'named',
        accountIds: parts.accountIds ?? [example.dataProd],
      },
    },
  ];
}

/** What planning knows of the example company; change it for a test. */
export function exampleFacts(): PlanFacts {
  const config = exampleConfig().organizations.parcel;
  const ana = examplePerson('ana', ['payments']);
  const ben = examplePerson('ben', ['payments']);
  const uma = examplePerson('uma', ['web-shop']);
  const account = (
    accountId: string,
    name: string,
    tags: Record<string, string>,
  ): PlanFacts['accounts'] =>
    new Map([
      [
        accountId,
        {
          account: {
            accountId,
            name,
            email: null,
            state: 'ACTIVE',
            joinedAt: null,
            ouPath: [],
            tags,
          },
          facts: accountFacts({ accountId, tags }, config.accountFacts),
        },
      ],
    ]);
  const set = (
    arn: string,
    name: string,
    managed: string[],
  ): PlanFacts['permissionSets'] => {
    const document = exampleDocument(name, managed);
    return new Map([
      [
        arn,
        {
          set: { arn, name, document, documentDigest: digestOf(document) },
          level: accessLevelOf(document),
        },
      ],
    ]);
  };
  return {
    organizationId: example.organizationId,
    config,
    pins: examplePins,
    requester: ana,
    team: {
      entityRef: 'group:default/payments',
      displayName: 'Payments',
      leads: ['user:default/petra'],
      members: [ana, ben],
      accessGroupNames: [],
    },
    people: new Map([ana, ben, uma].map(person => [person.entityRef, person])),
    entraUsers: new Map(
      Object.entries(example.entraIds).map(([name, userId]) => [
        userId,
        {
          userId,
          userPrincipalName: `${name}@parcel.example`,
          displayName: name,
          accountEnabled: true,
        },
      ]),
    ),
    inIdentityStore: new Set(Object.values(example.entraIds)),
    accounts: new Map([
      ...account(example.dataProd, 'data-prod', {
        environment: 'prod',
        owner: 'user:default/otto',
      }),
      ...account(example.dataDev, 'data-dev', {
        environment: 'dev',
        owner: 'user:default/otto',
      }),
      ...account(example.paymentsProd, 'payments-prod', {
        environment: 'prod',
        owner: 'user:default/petra',
      }),
      ...account(example.management, 'parcel-management', {
        environment: 'prod',
        owner: 'user:default/ida',
      }),
    ]),
    systemOwners: new Map(),
    permissionSets: new Map([
      ...set(example.readOnly, 'ReadOnly', ['ReadOnlyAccess']),
      ...set(example.administrator, 'AdministratorAccess', [
        'AdministratorAccess',
      ]),
      ...set(example.breakGlass, 'BreakGlass', ['AdministratorAccess']),
    ]),
    permissionSetNames: new Map([
      ['readonly', example.readOnly],
      ['administratoraccess', example.administrator],
      ['breakglass', example.breakGlass],
    ]),
    groups: new Map(),
    holders: new Map(),
    directHolders: new Map(),
    accountsInScope: new Map(),
    delegatedAdministratorIds: new Set(),
    permissionSetsEnabled: true,
    outOfReachSets: new Set(),
    endingObjects: new Set(),
    ownParts: new Set(),
    reservedSetNames: new Set(),
    crowdedAccounts: new Map(),
    ownPermissionSets: new Set(),
    groupNames: new Map([
      ['access', { displayName: 'AWS-payments-ReadOnly', isTaken: false }],
    ]),
    asOf: '2026-11-24T08:00:00.000Z',
    unusableBecause: null,
  };
}

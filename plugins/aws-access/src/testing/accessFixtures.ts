import {
  AccessEntry,
  AccessGroup,
  AccessResponse,
  Account,
  Holder,
  Organization,
  OrganizationalUnitEntry,
  PermissionSet,
  PermissionSetRef,
  PermissionSetUse,
  Person,
} from 'backstage-plugin-aws-access-common';
import {
  ana,
  ben,
  dataProd,
  fresh,
  lena,
  minutesFromNow,
  paymentsDev,
  paymentsProd,
  powerUser,
  readOnly,
} from './fixtureParts';

/** The organization of the example company, in health. */
export const organization: Organization = {
  id: 'parcel',
  title: 'Example Parcel',
  health: 'ok',
  reason: null,
  writes: 'on',
  accessPortalUrl: 'https://d-99670e1a2b.awsapps.com/start',
};

/** Three accounts, as lists of accounts have them. */
export const accounts: Account[] = [dataProd, paymentsProd, paymentsDev].map(
  account => ({
    ...account,
    organizationId: 'parcel',
    email: null,
    state: 'ACTIVE',
    ouPath: ['Root', 'Workloads'],
    ouIds: ['r-ex01', 'ou-ex01-workload'],
    ownerRefs: ['user:default/otto'],
    isProtected: false,
  }),
);

/** Two permission sets, as lists of permission sets have them. */
export const permissionSets: PermissionSet[] = [powerUser, readOnly].map(
  ({ arn, name, accessLevel }) => ({
    organizationId: 'parcel',
    arn,
    name,
    accessLevel,
    description: null,
    sessionDuration: 'PT1H',
    managedPolicies: [],
    customerManagedPolicies: [],
    inlinePolicy: null,
    permissionsBoundary: null,
    relayState: null,
    tags: {},
    isProtected: false,
  }),
);

/** Who has the permission sets, and where. */
export const permissionSetUses: PermissionSetUse[] = [
  {
    organizationId: 'parcel',
    arn: powerUser.arn,
    accounts: 2,
    groups: 1,
    people: 12,
    findings: [
      { id: 'power-access/1', severity: 'medium', title: 'Power access' },
      { id: 'long-session/1', severity: 'low', title: 'Long sessions' },
    ],
  },
  {
    organizationId: 'parcel',
    arn: readOnly.arn,
    accounts: 0,
    groups: 0,
    people: 0,
    findings: [],
  },
];

function holder(person: Person, overrides: Partial<Holder> = {}): Holder {
  return {
    ...person,
    identityStoreUserId: `store-${person.entraUserId}`,
    inTeam: true,
    reach: 'usable',
    ...overrides,
  };
}

function withSession(
  { arn, name, accessLevel }: PermissionSetRef,
  sessionDuration: string,
): AccessEntry['permissionSet'] {
  return { arn, name, accessLevel, sessionDuration };
}

function viaGroup(groupName: string): AccessEntry['path'] {
  return {
    via: 'group',
    groupName,
    entraGroupId: '22222222-0000-4000-8000-000000000001',
    identityStoreGroupId: '33333333-0000-4000-8000-000000000001',
  };
}

/** What people have, by all the ways there are. */
export const entries: AccessEntry[] = [
  {
    id: 'payments-prod-read',
    organizationId: 'parcel',
    account: paymentsProd,
    permissionSet: withSession(readOnly, 'PT1H'),
    path: viaGroup('AWS-Payments-ReadOnly'),
    evidence: 'namingTemplate',
    standing: 'unmanaged',
    verdict: 'unmanaged',
    until: null,
    requestId: null,
    requestNumber: null,
    holders: [holder(ana), holder(ben)],
    consoleUrl:
      'https://d-99670e1a2b.awsapps.com/start/#/console?account_id=111122223333',
  },
  {
    id: 'payments-dev-power',
    organizationId: 'parcel',
    account: paymentsDev,
    permissionSet: withSession(powerUser, 'PT4H'),
    path: viaGroup('AWS-Payments-PowerUser'),
    evidence: 'adopted',
    standing: 'standing',
    verdict: 'adopted',
    until: null,
    requestId: null,
    requestNumber: null,
    holders: [holder(ana), holder(ben), holder(lena, { inTeam: false })],
    consoleUrl:
      'https://d-99670e1a2b.awsapps.com/start/#/console?account_id=111122225555',
  },
  {
    id: 'data-prod-power',
    organizationId: 'parcel',
    account: dataProd,
    permissionSet: withSession(powerUser, 'PT1H'),
    path: viaGroup('AWS-Payments-PowerUser-data'),
    evidence: 'lease',
    standing: 'temporary',
    verdict: 'managed',
    until: minutesFromNow(192),
    requestId: 'request-active',
    requestNumber: 1042,
    holders: [holder(ana)],
    consoleUrl:
      'https://d-99670e1a2b.awsapps.com/start/#/console?account_id=555566667777',
  },
];

/** What the team Payments can reach. */
export const teamAccess: AccessResponse = {
  items: entries,
  counts: { people: 3, accounts: 3, permissionSets: 2, temporary: 1 },
  environments: { prod: 2, staging: 0, dev: 1, sandbox: 0, unknown: 0 },
  nextEnd: minutesFromNow(192),
  thingsToLookAt: [
    {
      id: 'lena',
      severity: 'medium',
      text: 'Lena Lind is in AWS-Payments-PowerUser but not in the team.',
      entryId: 'payments-dev-power',
    },
  ],
  freshness: fresh,
};

/** What Ana can reach. */
export const myAccess: AccessResponse = {
  ...teamAccess,
  items: entries.map(entry => ({
    ...entry,
    holders: entry.holders
      .filter(person => person.entraUserId === ana.entraUserId)
      .map(person => ({ ...person, inTeam: null })),
  })),
  counts: { people: 1, accounts: 3, permissionSets: 2, temporary: 1 },
  thingsToLookAt: [],
};

/** Nothing at all. */
export const noAccess: AccessResponse = {
  items: [],
  counts: { people: 0, accounts: 0, permissionSets: 0, temporary: 0 },
  environments: { prod: 0, staging: 0, dev: 0, sandbox: 0, unknown: 0 },
  nextEnd: null,
  thingsToLookAt: [],
  freshness: fresh,
};

/** The group that all the fixtures above go through. */
export const accessGroups: AccessGroup[] = [
  {
    organizationId: 'parcel',
    entraGroupId: '22222222-0000-4000-8000-000000000001',
    identityStoreGroupId: '33333333-0000-4000-8000-000000000001',
    name: 'AWS-Payments-PowerUser',
    description: null,
    evidence: 'adopted',
    people: 3,
    accounts: 2,
    permissionSets: [
      {
        arn: powerUser.arn,
        name: powerUser.name,
        accessLevel: powerUser.accessLevel,
      },
    ],
    assignedToApplication: true,
    unusableBecause: null,
  },
  {
    organizationId: 'parcel',
    entraGroupId: '22222222-0000-4000-8000-000000000002',
    identityStoreGroupId: null,
    name: 'AWS-Payments-Everybody',
    description: null,
    evidence: 'namingTemplate',
    people: 40,
    accounts: 0,
    permissionSets: [],
    assignedToApplication: false,
    unusableBecause: 'Its members are chosen by a rule',
  },
];

/** The tree of AWS Organizations. */
export const organizationalUnits: OrganizationalUnitEntry[] = [
  {
    organizationId: 'parcel',
    id: 'ou-ex01-workload',
    name: 'Workloads',
    parentId: null,
    accounts: 0,
    accountsWithin: 3,
  },
  {
    organizationId: 'parcel',
    id: 'ou-ex01-production',
    name: 'Production',
    parentId: 'ou-ex01-workload',
    accounts: 2,
    accountsWithin: 2,
  },
];

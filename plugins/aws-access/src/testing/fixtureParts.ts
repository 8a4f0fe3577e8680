import {
  AccountRef,
  Atom,
  Finding,
  Freshness,
  INVENTORY_PARTS,
  PermissionSetRef,
  Person,
  Plan,
  Stage,
} from 'backstage-plugin-aws-access-common';

/** The moment that all others are relative to. */
export const NOW = Date.now();

/** A moment some minutes after {@link NOW}; negative = before. */
export function minutesFromNow(minutes: number): string {
  return new Date(NOW + minutes * 60_000).toISOString();
}

export const ana: Person = {
  entraUserId: '11111111-0000-4000-8000-000000000001',
  entityRef: 'user:default/ana',
  displayName: 'Ana Alves',
};
export const ben: Person = {
  entraUserId: '11111111-0000-4000-8000-000000000002',
  entityRef: 'user:default/ben',
  displayName: 'Ben Brandt',
};
export const lena: Person = {
  entraUserId: '11111111-0000-4000-8000-000000000003',
  entityRef: 'user:default/lena',
  displayName: 'Lena Lind',
};
export const otto = {
  entityRef: 'user:default/otto',
  displayName: 'Otto Olsen',
};

export const dataProd: AccountRef = {
  id: '555566667777',
  name: 'data-prod',
  environment: 'prod',
};
export const paymentsProd: AccountRef = {
  id: '111122223333',
  name: 'payments-prod',
  environment: 'prod',
};
export const paymentsDev: AccountRef = {
  id: '111122225555',
  name: 'payments-dev',
  environment: 'dev',
};

const ARN = 'arn:aws:sso:::permissionSet/ssoins-7223aa11bb22cc33/ps-';

export const powerUser: PermissionSetRef = {
  arn: `${ARN}aaaaaaaaaaaaaaa2`,
  name: 'PowerUser',
  accessLevel: 'power',
  documentDigest: '2'.repeat(64),
};
export const readOnly: PermissionSetRef = {
  arn: `${ARN}aaaaaaaaaaaaaaa3`,
  name: 'ReadOnly',
  accessLevel: 'read',
  documentDigest: '3'.repeat(64),
};

/** Everything read two minutes ago. */
export const fresh: Freshness = {
  asOf: minutesFromNow(-2),
  complete: true,
  stale: false,
  parts: INVENTORY_PARTS.map(part => ({
    part,
    asOf: minutesFromNow(-2),
    complete: true,
    reason: null,
  })),
};

/** Three hours old, and AWS did not let us read all of it. */
export const partial: Freshness = {
  asOf: minutesFromNow(-180),
  complete: false,
  stale: true,
  parts: fresh.parts.map(status =>
    status.part === 'assignments'
      ? { ...status, complete: false, reason: 'throttled' }
      : status,
  ),
};

export const findings: Finding[] = [
  {
    id: 'session-outlives-end',
    severity: 'low',
    title: 'A session may outlive the end',
    reason: 'Sessions of PowerUser last 1 hour.',
  },
  {
    id: 'production',
    severity: 'high',
    title: 'Production account',
    reason: 'data-prod is tagged as production.',
  },
];

export const accountOwnerStage: Stage = {
  id: 'account-owner',
  name: 'account owner',
  need: 1,
  have: 0,
  order: 1,
  isOpen: true,
  because: ['the owner of data-prod decides'],
  approvers: [otto],
};

/** The access that the example request is about. */
export function gain(seconds: number | null): Atom {
  return {
    entraUserId: ana.entraUserId,
    permissionSetArn: powerUser.arn,
    documentDigest: powerUser.documentDigest,
    accountId: dataProd.id,
    seconds,
  };
}

export const plan: Plan = {
  formatVersion: 1,
  organization: {
    organizationId: 'o-exampleparc',
    instanceArn: 'arn:aws:sso:::instance/ssoins-7223aa11bb22cc33',
    identityStoreId: 'd-99670e1a2b',
    managementAccountId: '100000000001',
    tenantId: '3f0e9c54-7a55-4a3f-9b0e-6a1d2c3b4e5f',
    enterpriseApplicationId: 'b9c6cb3e-5f24-4a55-9c8a-7d8e51b5f003',
  },
  duration: 'PT4H',
  people: [ana],
  accounts: [dataProd],
  permissionSets: [powerUser],
  objects: [
    {
      key: 'accessGroup:access',
      kind: 'accessGroup',
      action: 'create',
      id: null,
      summary:
        'Create the Entra group AWS-Payments-PowerUser-data with 1 member.',
      before: null,
      after: {
        displayName: 'AWS-Payments-PowerUser-data',
        members: [ana.entraUserId],
      },
    },
    {
      key: 'accountAssignment:data-prod',
      kind: 'accountAssignment',
      action: 'create',
      id: null,
      summary: 'Assign PowerUser in data-prod (555566667777) to that group.',
      before: null,
      after: { accountId: dataProd.id, permissionSetArn: powerUser.arn },
    },
    {
      key: 'applicationAssignment:existing',
      kind: 'applicationAssignment',
      action: 'untouched',
      id: 'app-1',
      summary: 'The enterprise application stays as it is.',
      before: null,
      after: null,
    },
  ],
  gains: [gain(4 * 3600)],
  losses: [],
  findings,
  sentences: [
    'Ana Alves gets PowerUser in data-prod (555566667777) for 4 hours.',
    'A new Entra group with 1 member is created.',
  ],
};

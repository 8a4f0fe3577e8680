import { Plan } from 'backstage-plugin-aws-access-common';
import {
  ana,
  ben,
  dataProd,
  lena,
  paymentsDev,
  paymentsProd,
  plan,
  powerUser,
} from './fixtureParts';

const policy = (actions: string[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
  });

const before = {
  name: 'PowerUser',
  description: 'Builds things',
  sessionDuration: 'PT1H',
  relayState: null,
  managedPolicies: [
    { arn: 'arn:aws:iam::aws:policy/PowerUserAccess', name: 'PowerUserAccess' },
  ],
  customerManagedPolicies: [],
  inlinePolicy: policy(['s3:GetObject']),
  permissionsBoundary: null,
  tags: {},
};

/** What a changed permission set is afterwards. */
export const changedSet = {
  ...powerUser,
  accessLevel: 'write' as const,
  documentDigest: '9'.repeat(64),
};

const reads = (digest: string, accountId: string) => ({
  entraUserId: ben.entraUserId,
  permissionSetArn: powerUser.arn,
  documentDigest: digest,
  accountId,
  seconds: null,
});

/** A plan with every kind of object and everything that can happen to one. */
export const planOfEveryKind: Plan = {
  ...plan,
  duration: null,
  people: [ana, ben, lena],
  accounts: [dataProd, paymentsProd, paymentsDev],
  permissionSets: [powerUser, changedSet],
  objects: [
    ...plan.objects,
    {
      key: 'permissionSet/power',
      kind: 'permissionSet',
      action: 'change',
      id: powerUser.arn,
      summary: 'Change the permission set PowerUser for 1 person.',
      before,
      after: {
        ...before,
        sessionDuration: 'PT4H',
        managedPolicies: [],
        inlinePolicy: policy(['s3:GetObject', 's3:PutObject']),
      },
    },
    {
      key: 'membership/group/lena',
      kind: 'membership',
      action: 'remove',
      id: 'group/lena',
      summary: 'Take Lena Lind out of AWS-Payments-PowerUser.',
      before: { accessGroup: 'group', entraUserId: lena.entraUserId },
      after: null,
    },
    {
      key: 'scope/1',
      kind: 'scope',
      action: 'create',
      id: null,
      summary: 'Keep PowerUser assigned as accounts come and go.',
      before: null,
      after: {
        accessGroup: 'access',
        permissionSetArn: powerUser.arn,
        scope: {
          kind: 'organizationalUnit',
          id: 'ou-ex01-workload',
          maxAccounts: 5,
        },
        accountIds: [dataProd.id, paymentsDev.id],
        seconds: 90 * 24 * 3600,
      },
    },
  ],
  gains: [paymentsProd, dataProd].map(({ id }) =>
    reads(changedSet.documentDigest, id),
  ),
  losses: [
    ...[paymentsProd, dataProd].map(({ id }) =>
      reads(powerUser.documentDigest, id),
    ),
    {
      ...reads(powerUser.documentDigest, paymentsDev.id),
      entraUserId: lena.entraUserId,
    },
  ],
};

import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { exampleOf } from '../shared/exampleOf';

const REQUEST = '0b6f1f0e-5a1c-4b57-9c55-6f2b1f0f7a10';
const GROUP = '5d0b8a3e-1c57-4c3a-9f0a-2f7d4b6c8e11';
const PERMISSION_SET =
  'arn:aws:sso:::permissionSet/ssoins-7223aa11bb22cc33/ps-0123456789abcdef';

const filing = {
  team: 'group:default/payments',
  justification: 'We run these accounts',
  duration: 'standing',
};

/** Examples of `entra:group:create`; each is run by the tests. */
export const createGroupExamples: TemplateExample[] = [
  exampleOf('entra:group:create', 'An access group with the whole team in it', {
    ...filing,
    name: 'AWS-Payments-Operators',
    description: 'Operates the payments accounts',
    for: 'team',
  }),
  exampleOf(
    'entra:group:create',
    'Go on with the group that an approved request makes',
    { requestId: REQUEST },
  ),
];

/** Examples of `entra:group:add-members`; each is run by the tests. */
export const addMembersExamples: TemplateExample[] = [
  exampleOf('entra:group:add-members', 'A week in a group for two people', {
    ...filing,
    duration: 'P7D',
    accessGroup: GROUP,
    people: ['user:default/ana', 'user:default/ben'],
  }),
  exampleOf(
    'entra:group:add-members',
    'Wait until an approved request has put somebody into the group',
    { requestId: REQUEST, accessGroup: GROUP, people: 'user:default/ana' },
  ),
];

/** Examples of `aws:permission-set:create`; each is run by the tests. */
export const createPermissionSetExamples: TemplateExample[] = [
  exampleOf('aws:permission-set:create', 'From a policy that AWS manages', {
    ...filing,
    name: 'QueueReader',
    description: 'Reads queues and their metrics',
    sessionDuration: 'PT4H',
    managedPolicies: ['arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess'],
  }),
  exampleOf('aws:permission-set:create', 'From a written policy', {
    ...filing,
    name: 'LedgerExporter',
    inlinePolicy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['s3:GetObject', 's3:ListBucket'],
          Resource: [
            'arn:aws:s3:::parcel-ledger',
            'arn:aws:s3:::parcel-ledger/*',
          ],
        },
      ],
    },
    permissionsBoundary: {
      managedPolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
    },
  }),
  exampleOf(
    'aws:permission-set:create',
    'Go on with the permission set that an approved request makes',
    { requestId: REQUEST, name: 'QueueReader' },
  ),
];

/** Examples of `aws:account-assignment:create`; each is run by the tests. */
export const createAccountAssignmentExamples: TemplateExample[] = [
  exampleOf('aws:account-assignment:create', 'In two accounts', {
    ...filing,
    accessGroup: GROUP,
    permissionSet: PERMISSION_SET,
    accounts: ['111122224444', '111122225555'],
  }),
  exampleOf(
    'aws:account-assignment:create',
    'In every account of an organizational unit, for a year',
    {
      ...filing,
      duration: 'P365D',
      accessGroup: GROUP,
      permissionSet: PERMISSION_SET,
      scope: {
        kind: 'organizationalUnit',
        id: 'ou-ex01-11112222',
        maxAccounts: 20,
      },
    },
  ),
  exampleOf(
    'aws:account-assignment:create',
    'Wait until an approved request has given the access',
    { requestId: REQUEST, accounts: ['111122224444'] },
  ),
];

import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { exampleOf } from '../shared/exampleOf';

const ACTION = 'aws-access:request:create';
const PERMISSION_SET =
  'arn:aws:sso:::permissionSet/ssoins-7223aa11bb22cc33/ps-0123456789abcdef';

/** Shown on the portal's page of installed actions; each is run by the tests. */
export const examples: TemplateExample[] = [
  exampleOf(ACTION, 'Eight hours on one account for the person who asks', {
    team: 'group:default/payments',
    justification: 'Rotate the leaked key',
    ticket: 'INC-311',
    duration: 'PT8H',
    accounts: ['111122223333'],
    permissionSet: PERMISSION_SET,
  }),
  exampleOf(ACTION, 'Standing access for everybody in the team', {
    team: 'group:default/payments',
    justification: 'We run these accounts',
    duration: 'standing',
    accounts: ['111122224444', '111122225555'],
    permissionSet: PERMISSION_SET,
    for: 'team',
  }),
  exampleOf(ACTION, 'A week for two people', {
    team: 'group:default/payments',
    justification: 'Migrate the ledger',
    duration: 'P7D',
    accounts: ['111122224444'],
    permissionSet: PERMISSION_SET,
    for: ['user:default/ana', 'user:default/ben'],
  }),
  exampleOf(
    ACTION,
    'The changes in full: one access group with a permission set on each of two accounts',
    {
      team: 'group:default/payments',
      justification: 'Read everywhere, for the audit',
      duration: 'P30D',
      changes: [
        {
          kind: 'accessGroup',
          key: 'auditors',
          description: 'Reads the payments accounts during the audit',
          members: { kind: 'people', people: ['user:default/ben'] },
        },
        {
          kind: 'assignment',
          accessGroup: { change: 'auditors' },
          permissionSet: { arn: PERMISSION_SET },
          accounts: {
            kind: 'named',
            accountIds: ['111122223333', '111122224444'],
          },
        },
      ],
    },
  ),
  exampleOf(ACTION, 'Four hours of elevated access, directly to two people', {
    team: 'group:default/payments',
    justification: 'The ledger does not settle',
    ticket: 'INC-402',
    duration: 'PT4H',
    accounts: ['111122223333'],
    permissionSet: PERMISSION_SET,
    for: ['user:default/ana', 'user:default/ben'],
    elevate: true,
  }),
  exampleOf(ACTION, 'Hours on one account, and a template that goes on then', {
    team: 'group:default/payments',
    justification: 'Deploy the ledger',
    duration: 'PT8H',
    accounts: ['111122223333'],
    permissionSet: PERMISSION_SET,
    followUp: {
      template: 'template:default/deploy-service',
      values: { name: 'ledger' },
    },
  }),
  exampleOf(ACTION, 'A permission set of its own, for the whole team', {
    team: 'group:default/payments',
    justification: 'We operate the queues',
    duration: 'standing',
    changes: [
      {
        kind: 'permissionSet',
        key: 'queues',
        document: {
          name: 'QueueOperator',
          managedPolicies: ['arn:aws:iam::aws:policy/AmazonSQSFullAccess'],
        },
      },
      {
        kind: 'accessGroup',
        key: 'team',
        members: { kind: 'team', team: 'group:default/payments' },
      },
      {
        kind: 'assignment',
        accessGroup: { change: 'team' },
        permissionSet: { change: 'queues' },
        accounts: { kind: 'named', accountIds: ['111122224444'] },
      },
    ],
  }),
];

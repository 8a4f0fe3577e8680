import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

const PERMISSION_SET =
  'arn:aws:sso:::permissionSet/ssoins-7223aa11bb22cc33/ps-0123456789abcdef';

/** Shown on the portal's page of installed actions; each is run by the tests. */
export const examples: TemplateExample[] = [
  {
    description: 'Eight hours on one account for the person who asks',
    example: example({
      team: 'group:default/payments',
      justification: 'Rotate the leaked key',
      ticket: 'INC-311',
      duration: 'PT8H',
      accounts: ['111122223333'],
      permissionSet: PERMISSION_SET,
    }),
  },
  {
    description: 'Standing access for everybody in the team',
    example: example({
      team: 'group:default/payments',
      justification: 'We run these accounts',
      duration: 'standing',
      accounts: ['111122224444', '111122225555'],
      permissionSet: PERMISSION_SET,
      for: 'team',
    }),
  },
  {
    description: 'A week for two people',
    example: example({
      team: 'group:default/payments',
      justification: 'Migrate the ledger',
      duration: 'P7D',
      accounts: ['111122224444'],
      permissionSet: PERMISSION_SET,
      for: ['user:default/ana', 'user:default/ben'],
    }),
  },
  {
    description:
      'The changes in full: one access group with a permission set on each of two accounts',
    example: example({
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
    }),
  },
];

function example(input: object) {
  return stringify({
    steps: [
      {
        id: 'request',
        name: 'File the access request',
        action: 'aws-access:request:create',
        input,
      },
    ],
  });
}

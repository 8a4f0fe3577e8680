import { Entity } from '@backstage/catalog-model';

/** An account whose owner is in the team of the requests. */
const PAYMENTS_DEV = '111122225555';

/** What every request of these tests says. */
export const why = {
  team: 'group:default/payments',
  justification: 'We run this account',
};

function template(name: string, steps: object[], output: object = {}): Entity {
  return {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: { name, namespace: 'default' },
    spec: { type: 'test', steps, output } as never,
  };
}

/** Templates of a portal that has its own. */
export const ownTemplates = [
  template(
    'second-half',
    [
      {
        id: 'set',
        action: 'aws:permission-set:create',
        input: { requestId: '${{ parameters.requestId }}' },
      },
    ],
    {
      text: [
        { title: 'arn', content: '${{ steps.set.output.permissionSetArn }}' },
      ],
    },
  ),
  template('join', [
    {
      id: 'join',
      action: 'entra:group:add-members',
      input: {
        ...why,
        duration: 'P7D',
        accessGroup: '${{ parameters.accessGroup }}',
        people: ['user:default/ben'],
      },
    },
  ]),
  template('leave', [
    {
      id: 'leave',
      action: 'aws-access:return',
      input: { requestId: '${{ parameters.requestId }}' },
    },
  ]),
  template('deploy', [
    {
      id: 'log',
      action: 'debug:log',
      input: {
        message:
          'Deploys ${{ parameters.name }} for ${{ parameters.awsAccess.requester }}',
      },
    },
  ]),
  template('ask-and-go-on', [
    {
      id: 'request',
      action: 'aws-access:request:create',
      input: {
        ...why,
        duration: 'PT1H',
        elevate: true,
        accounts: [PAYMENTS_DEV],
        permissionSet: '${{ parameters.permissionSet }}',
        followUp: {
          template: 'template:default/deploy',
          values: { name: 'ledger' },
        },
      },
    },
  ]),
];

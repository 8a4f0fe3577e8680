import { Entity } from '@backstage/catalog-model';

function template(name: string, steps: object[]): Entity {
  return {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: { name, namespace: 'default' },
    spec: {
      type: 'test',
      steps,
      output: {
        text: [{ title: 'made', content: '${{ steps.step.output }}' }],
      } as never,
    },
  };
}

/** The actions that are named after what a request makes. */
export const DIRECT_ACTIONS = [
  'entra:group:create',
  'entra:group:add-members',
  'aws:permission-set:create',
  'aws:account-assignment:create',
] as const;

/** The template that runs one action with whatever it is given. */
export function templateOf(action: string): string {
  return action.replaceAll(':', '-');
}

const ONE_STEP = [
  ...DIRECT_ACTIONS,
  'aws-access:request:create',
  'aws-access:return',
];

/**
 * For each action a template, and one that fails after it: its task can be run
 * again although the action has succeeded.
 */
export const directTemplates: Entity[] = [
  ...ONE_STEP.flatMap(action => {
    const step = { id: 'step', action, input: '${{ parameters.input }}' };
    const fails = {
      id: 'fails',
      action: 'aws-access:return',
      input: { requestId: 'there-is-none' },
    };
    return [
      template(templateOf(action), [step]),
      template(`${templateOf(action)}-and-fail`, [step, fails]),
    ];
  }),
  // The examples name it as what follows a request.
  template('deploy-service', [
    { id: 'step', action: 'debug:log', input: { message: 'Deploys' } },
  ]),
];

import { PlanObject } from 'backstage-plugin-aws-access-common';
import { ReadPlan } from '../starting/ReadPlan';
import { CompiledStep } from './CompiledStep';
import { StepInputs } from './stepInputs';

/** What is done with permission sets that are written or adopted. */
const VERBS: Partial<Record<PlanObject['action'], string>> = {
  create: 'Create',
  change: 'Change',
  adopt: 'Take',
};

/** Permission sets that are made, changed or adopted. */
export function ensuredSets(read: ReadPlan) {
  return read.permissionSets.filter(({ object }) => object.action in VERBS);
}

/** The sets themselves, and what brings changes of them to the accounts. */
export function compilePermissionSetSteps(read: ReadPlan): CompiledStep[] {
  const sets = ensuredSets(read);
  return [
    ...sets.map(
      ({ object, document }): CompiledStep => ({
        kind: 'ensurePermissionSet',
        title: `${VERBS[object.action]} the permission set ${document.name}${
          object.action === 'adopt' ? ' under management' : ''
        }`,
        input: {
          permissionSetKey: object.key,
          arn: object.id,
          name: document.name,
          before: object.before as StepInputs['ensurePermissionSet']['before'],
          after: document,
          ...(object.action === 'adopt' && { adopts: true }),
        },
      }),
    ),
    ...sets
      // Nobody has a new one; its first assignment brings it to the account.
      .filter(({ object }) => object.action === 'change')
      .map(
        ({ object, document }): CompiledStep => ({
          kind: 'provisionPermissionSet',
          title: `Bring ${document.name} as it is now to every account that has it`,
          input: {
            permissionSetKey: object.key,
            name: document.name,
            accountsCount: read.countAccounts(object.id!),
          },
        }),
      ),
  ];
}

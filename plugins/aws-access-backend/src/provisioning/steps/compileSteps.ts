import { Plan } from 'backstage-plugin-aws-access-common';
import { ReadPlan } from '../starting/ReadPlan';
import { compileApprovedRemovals } from './compileApprovedRemovals';
import {
  awaitPeople,
  compileAssignmentSteps,
  ensuredAssignments,
} from './compileAssignmentSteps';
import { CompiledStep } from './CompiledStep';
import {
  awaitGroups,
  compileGroupSteps,
  groupsToEnsure,
} from './compileGroupSteps';
import {
  compilePermissionSetSteps,
  ensuredSets,
} from './compilePermissionSetSteps';

/**
 * Turns a plan into ordered steps: what takes away comes first and what gives
 * comes last (security rule 4). Steps of one kind stand together, because
 * neighbours of one kind may run side by side.
 *
 * @throws Error when the plan's documents are not what provisioning knows
 */
export function compileSteps(plan: Plan): CompiledStep[] {
  const read = new ReadPlan(plan);
  const groups = groupsToEnsure(read);
  const removals = compileApprovedRemovals(read);
  return [
    ...removals.steps,
    ...compileGroupSteps(read, groups),
    ...compilePermissionSetSteps(read),
    ...awaitGroups(groups),
    ...awaitPeople(read),
    ...compileAssignmentSteps(read),
    {
      kind: 'verify',
      title: 'Check in AWS that it is as approved',
      input: {
        groups: groups.map(({ key, joining, present }) => ({
          groupKey: key,
          members: [...joining, ...present],
        })),
        assignments: ensuredAssignments(read).map(({ document }) => document),
        permissionSets: ensuredSets(read).map(({ object, document }) => ({
          permissionSetKey: object.key,
          name: document.name,
        })),
        gone: removals.gone,
      },
    },
  ];
}

import type { CompiledStep } from './CompiledStep';
import { ReadPlan } from '../starting/ReadPlan';
import {
  LeavingPrincipal,
  StepInputs,
  StepMember,
  StepPrincipal,
} from './stepInputs';
import { people } from './wordsOfSteps';

/**
 * Steps for what the approved plan takes away, whoever made it, in the order of
 * security rule 25; and what must be gone afterwards.
 */
export function compileApprovedRemovals(read: ReadPlan): {
  steps: CompiledStep[];
  gone: StepInputs['verify']['gone'];
} {
  const removed = <T extends { object: { action: string } }>(entries: T[]) =>
    entries.filter(({ object }) => object.action === 'remove');
  const assignments = removed(read.assignments).map(
    ({ document: { principal, ...target } }) => ({
      ...target,
      principal: leavingPrincipal(read, principal),
    }),
  );
  const members = membersByGroup(read);
  const applicationAssignments = removed(read.applicationAssignments).map(
    ({ document }) => groupOf(read, document.accessGroup),
  );
  const groups = removed(read.groups).map(({ object, document }) => ({
    entraGroupId: object.id!,
    displayName: document.displayName,
  }));
  const permissionSets = removed(read.permissionSets).map(
    ({ object, document }) => ({
      arn: object.id!,
      key: object.key,
      name: document.name,
    }),
  );
  return {
    steps: [
      ...assignments.map(
        (document): CompiledStep => ({
          kind: 'removeAssignment',
          title: `Take ${document.permissionSetName} in ${document.accountName} (${document.accountId}) away from ${document.principal.displayName}`,
          input: document,
        }),
      ),
      ...members.map(
        (input): CompiledStep => ({
          kind: 'removeMembers',
          title: `Take ${people(input.members)} out of ${input.groupName}`,
          input,
        }),
      ),
      ...applicationAssignments.map(
        (input): CompiledStep => ({
          kind: 'removeApplicationAssignment',
          title: `Take ${input.groupName} out of the enterprise application`,
          input,
        }),
      ),
      ...groups.map(
        ({ entraGroupId, displayName }): CompiledStep => ({
          kind: 'removeAccessGroup',
          title: `Delete the Entra group ${displayName}`,
          input: { entraGroupId, uniqueName: null, groupName: displayName },
        }),
      ),
      ...permissionSets.map(
        ({ arn, key, name }): CompiledStep => ({
          kind: 'removePermissionSet',
          title: `Delete the permission set ${name}`,
          input: { arn, permissionSetKey: key, madeByStepId: null, name },
        }),
      ),
    ],
    gone: {
      assignments,
      members,
      applicationAssignments,
      groups,
      permissionSets: permissionSets.map(({ arn, name }) => ({ arn, name })),
    },
  };
}

function leavingPrincipal(
  read: ReadPlan,
  principal: StepPrincipal,
): LeavingPrincipal {
  if (principal.kind === 'person') return { ...principal, storeUserId: null };
  return {
    kind: 'accessGroup',
    entraGroupId: groupOf(read, principal.groupKey).entraGroupId,
    storeGroupId: null,
    displayName: principal.displayName,
  };
}

function membersByGroup(read: ReadPlan): Array<StepInputs['removeMembers']> {
  const groups = new Map<string, StepMember[]>();
  for (const { object, document } of read.memberships) {
    if (object.action !== 'remove') continue;
    const members = groups.get(document.accessGroup) ?? [];
    members.push(read.member(document.entraUserId));
    groups.set(document.accessGroup, members);
  }
  return [...groups].map(([key, members]) => ({
    ...groupOf(read, key),
    members,
  }));
}

/** @throws Error when the plan takes something from a group that it makes */
function groupOf(read: ReadPlan, groupKey: string) {
  const { object, document } = read.group(groupKey);
  if (object.id === null) {
    throw new Error(`The plan takes something from '${groupKey}' and makes it`);
  }
  return { entraGroupId: object.id, groupName: document.displayName };
}

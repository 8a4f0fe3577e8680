import { PlanObject } from 'backstage-plugin-aws-access-common';
import { PlannedAssignment, ReadPlan } from '../starting/ReadPlan';
import { CompiledStep, presenceOf } from './CompiledStep';
import { assignmentLabel, people } from './wordsOfSteps';

/** Assignments that the plan makes, relies on or adopts. */
export function ensuredAssignments(read: ReadPlan) {
  return read.assignments.filter(({ object }) => object.action !== 'remove');
}

/** The look-up in AWS of the people who get something themselves. */
export function awaitPeople(read: ReadPlan): CompiledStep[] {
  const elevated = new Map(
    ensuredAssignments(read).flatMap(({ document: { principal } }) =>
      principal.kind === 'person'
        ? [[principal.entraUserId, read.member(principal.entraUserId)]]
        : [],
    ),
  );
  if (elevated.size === 0) return [];
  const members = [...elevated.values()];
  return [
    {
      kind: 'awaitIdentityStoreUsers',
      title: `Find ${people(members)} in AWS`,
      input: { members },
    },
  ];
}

/** Who gets which permission set where. */
export function compileAssignmentSteps(read: ReadPlan): CompiledStep[] {
  return ensuredAssignments(read).map(
    ({ object, document }): CompiledStep => ({
      kind: 'ensureAssignment',
      title:
        titleOfPresent(object, document) ??
        `Give ${document.principal.displayName} ${document.permissionSetName} in ${document.accountName} (${document.accountId})`,
      input: { ...document, ...presenceOf(object) },
    }),
  );
}

/** Undefined where the assignment is to be made. */
function titleOfPresent(
  { action }: PlanObject,
  document: PlannedAssignment,
): string | undefined {
  if (action === 'create') return undefined;
  return action === 'adopt'
    ? `Take ${assignmentLabel(document)} under management`
    : `Note that ${assignmentLabel(document)} is there already`;
}

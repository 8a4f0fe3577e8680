import { Plan, PlanStepKind } from 'backstage-plugin-aws-access-common';
import {
  accessGroupDocumentSchema,
  accountAssignmentDocumentSchema,
  applicationAssignmentDocumentSchema,
} from '../planning/planDocuments';
import { AssignmentTarget, StepInputs, StepMember } from './stepInputs';

/** A step before it is stored; its place in the list is its position. */
export type CompiledStep = {
  [Kind in PlanStepKind]: {
    kind: Kind;
    title: string;
    input: StepInputs[Kind];
  };
}[PlanStepKind];

interface PlannedGroup {
  key: string;
  entraGroupId: string | null;
  displayName: string;
  description: string;
  members: StepMember[];
}

/**
 * Turns a plan into ordered steps. Steps of one kind stand together, because
 * neighbours of one kind may run side by side.
 *
 * @throws Error when the plan's documents are not what provisioning knows
 */
export function compileSteps(plan: Plan): CompiledStep[] {
  const groups = readGroups(plan);
  const assignments = readAssignments(plan);
  const name = (key: string) => {
    const group = groups.find(candidate => candidate.key === key);
    if (!group) throw new Error(`The plan has no access group '${key}'`);
    return group.displayName;
  };
  const inApplication = plan.objects
    .filter(object => object.kind === 'applicationAssignment')
    .map(
      object =>
        applicationAssignmentDocumentSchema.parse(object.after).accessGroup,
    );
  return [
    ...groups.map(
      ({ key, entraGroupId, displayName, description }): CompiledStep => ({
        kind: 'ensureAccessGroup',
        title: entraGroupId
          ? `Find the Entra group ${displayName} (${entraGroupId})`
          : `Create the Entra group ${displayName}`,
        input: { groupKey: key, entraGroupId, displayName, description },
      }),
    ),
    ...groups.map(
      ({ key, displayName, members }): CompiledStep => ({
        kind: 'ensureMembers',
        title: `Put ${people(members)} into ${displayName}`,
        input: { groupKey: key, members },
      }),
    ),
    ...inApplication.map(
      (groupKey): CompiledStep => ({
        kind: 'assignGroupToEnterpriseApplication',
        title: `Let the enterprise application see ${name(groupKey)}`,
        input: { groupKey },
      }),
    ),
    ...groups.map(
      ({ key, displayName, members }): CompiledStep => ({
        kind: 'provisionOnDemand',
        title: `Ask Entra to send ${displayName} to AWS now`,
        input: { groupKey: key, members },
      }),
    ),
    ...groups.map(
      ({ key, displayName, members }): CompiledStep => ({
        kind: 'awaitIdentityStoreGroup',
        title: `Wait until AWS knows ${displayName} and its members`,
        input: { groupKey: key, members },
      }),
    ),
    ...assignments.map(
      (assignment): CompiledStep => ({
        kind: 'ensureAssignment',
        title: `Give ${name(assignment.groupKey)} ${
          assignment.permissionSetName
        } in ${assignment.accountName} (${assignment.accountId})`,
        input: assignment,
      }),
    ),
    {
      kind: 'verify',
      title: 'Check in AWS that the access is there',
      input: {
        groups: groups.map(({ key, members }) => ({ groupKey: key, members })),
        assignments,
      },
    },
  ];
}

function readGroups(plan: Plan): PlannedGroup[] {
  const names = new Map(
    plan.people.map(person => [person.entraUserId, person.displayName]),
  );
  return plan.objects
    .filter(object => object.kind === 'accessGroup')
    .map(object => {
      const document = accessGroupDocumentSchema.parse(object.after);
      return {
        key: object.key,
        entraGroupId: object.id,
        displayName: document.displayName,
        description: document.description,
        members: document.memberIds.map(entraUserId => ({
          entraUserId,
          displayName: names.get(entraUserId) ?? entraUserId,
        })),
      };
    });
}

function readAssignments(
  plan: Plan,
): Array<AssignmentTarget & { groupKey: string }> {
  return plan.objects
    .filter(object => object.kind === 'accountAssignment')
    .map(object => {
      const { accessGroup, accountId, permissionSetArn } =
        accountAssignmentDocumentSchema.parse(object.after);
      return {
        groupKey: accessGroup,
        accountId,
        accountName:
          plan.accounts.find(account => account.id === accountId)?.name ??
          accountId,
        permissionSetArn,
        permissionSetName:
          plan.permissionSets.find(set => set.arn === permissionSetArn)?.name ??
          permissionSetArn,
      };
    });
}

/** "Ana Alves and Ben Brandt", or a count where a list would not be read. */
export function people(members: StepMember[]): string {
  const names = members.map(member => member.displayName);
  if (names.length === 0) return 'nobody';
  if (names.length > 3) return `${names.length} people`;
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(names);
}

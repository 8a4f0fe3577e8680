import { PlanObject } from 'backstage-plugin-aws-access-common';
import { AccessEdges } from '../effects/AccessEdges';
import { hasDirectly } from './hasDirectly';
import { applicationKey, assignmentKey, membershipKey } from './objectKeys';
import { PlanContext } from '../PlanContext';
import {
  AccountAssignmentDocument,
  ApplicationAssignmentDocument,
  MembershipDocument,
} from './planDocuments';
import { PlannedExistingGroup } from '../facts/PlanFacts';
import { documentOf } from './planGroups';

/**
 * What the request takes away, whoever made it. What is not there is left out.
 * Pure.
 */
export function planRemovals(
  context: PlanContext,
  edges: AccessEdges,
): PlanObject[] {
  const { facts } = context;
  const groupOf = (change: { accessGroup: { entraGroupId: string } }) =>
    facts.groups.get(change.accessGroup.entraGroupId);
  return [
    ...context.changesOf('removeAssignment').flatMap(({ change }) => {
      const group = groupOf(change);
      if (!group) return [];
      const { arn } = change.permissionSet;
      return [...new Set(change.accounts.accountIds)]
        .map(accountId => ({ accountId, permissionSetArn: arn }))
        .filter(of => hasAssignment(group, of))
        .map(of => removeGroupAssignment(group, of, context, edges));
    }),
    ...context.changesOf('removeElevation').flatMap(({ change }) => {
      const { arn } = change.permissionSet;
      return context
        .idsOf(change.people)
        .flatMap(entraUserId =>
          [...new Set(change.accounts.accountIds)]
            .filter(accountId =>
              hasDirectly({ entraUserId, accountId, arn }, facts),
            )
            .map(accountId =>
              removeUserAssignment(
                { entraUserId, accountId, arn },
                context,
                edges,
              ),
            ),
        );
    }),
    ...context.changesOf('removeMembership').flatMap(({ change }) => {
      const group = groupOf(change);
      if (!group) return [];
      return context
        .idsOf(change.people)
        .filter(id => group.memberIds.includes(id))
        .map(id => removeMembership(group, id, context, edges));
    }),
    ...context.changesOf('removeAccessGroup').flatMap(({ change }) => {
      const group = groupOf(change);
      return group ? removeGroup(group, context, edges) : [];
    }),
    ...context.changesOf('removePermissionSet').flatMap(({ change }) => {
      const { arn } = change.permissionSet;
      const set = facts.permissionSets.get(arn)?.set;
      if (!set) return [];
      return [
        {
          key: arn,
          kind: 'permissionSet' as const,
          action: 'remove' as const,
          id: arn,
          summary: `Removes the permission set ${context.setLabel(arn)}.`,
          before: set.document,
          after: null,
        },
      ];
    }),
  ];
}

/** Everything that hangs on it goes with it, in this order (security rule 25). */
function removeGroup(
  group: PlannedExistingGroup,
  context: PlanContext,
  edges: AccessEdges,
): PlanObject[] {
  const { groupId, displayName } = group;
  const application: ApplicationAssignmentDocument = { accessGroup: groupId };
  return [
    ...[...group.assignments]
      .sort((one, other) => (textOf(one) < textOf(other) ? -1 : 1))
      .map(of => removeGroupAssignment(group, of, context, edges)),
    ...[...group.memberIds]
      .sort()
      .map(id => removeMembership(group, id, context, edges)),
    ...(group.assignedToApplication
      ? [
          {
            key: applicationKey(groupId),
            kind: 'applicationAssignment' as const,
            action: 'remove' as const,
            id: null,
            summary: `Takes ${displayName} out of the enterprise application.`,
            before: application,
            after: null,
          },
        ]
      : []),
    {
      key: groupId,
      kind: 'accessGroup',
      action: 'remove',
      id: groupId,
      summary: `Removes the Entra group ${displayName}.`,
      before: documentOf(group),
      after: null,
    },
  ];
}

function removeMembership(
  { groupId, displayName }: PlannedExistingGroup,
  entraUserId: string,
  context: PlanContext,
  edges: AccessEdges,
): PlanObject {
  edges.addMembership({ principal: groupId, entraUserId, state: 'removed' });
  const before: MembershipDocument = { accessGroup: groupId, entraUserId };
  return {
    key: membershipKey(groupId, entraUserId),
    kind: 'membership',
    action: 'remove',
    id: null,
    summary: `Takes ${
      context.person(entraUserId).displayName
    } out of ${displayName}.`,
    before,
    after: null,
  };
}

function removeGroupAssignment(
  { groupId, displayName }: PlannedExistingGroup,
  of: { accountId: string; permissionSetArn: string },
  context: PlanContext,
  edges: AccessEdges,
): PlanObject {
  edges.addAssignment({ principal: groupId, ...of, state: 'removed' });
  const before: AccountAssignmentDocument = {
    principal: { kind: 'accessGroup', accessGroup: groupId },
    ...of,
  };
  return removedAssignment(groupId, displayName, before, context);
}

function removeUserAssignment(
  of: { entraUserId: string; accountId: string; arn: string },
  context: PlanContext,
  edges: AccessEdges,
): PlanObject {
  const { entraUserId, accountId, arn: permissionSetArn } = of;
  edges.addMembership({
    principal: entraUserId,
    entraUserId,
    state: 'standing',
  });
  edges.addAssignment({
    principal: entraUserId,
    accountId,
    permissionSetArn,
    state: 'removed',
  });
  const before: AccountAssignmentDocument = {
    principal: { kind: 'person', entraUserId },
    accountId,
    permissionSetArn,
  };
  return removedAssignment(
    entraUserId,
    context.person(entraUserId).displayName,
    before,
    context,
  );
}

function removedAssignment(
  principal: string,
  name: string,
  before: AccountAssignmentDocument,
  context: PlanContext,
): PlanObject {
  const { accountId, permissionSetArn } = before;
  return {
    key: assignmentKey(principal, accountId, permissionSetArn),
    kind: 'accountAssignment',
    action: 'remove',
    id: null,
    summary: `Takes ${context.setLabel(
      permissionSetArn,
    )} in ${context.accountLabel(accountId)} away from ${name}.`,
    before,
    after: null,
  };
}

type GroupAssignment = PlannedExistingGroup['assignments'][number];

function hasAssignment(
  { assignments }: PlannedExistingGroup,
  { accountId, permissionSetArn }: GroupAssignment,
): boolean {
  return assignments.some(
    one =>
      one.accountId === accountId && one.permissionSetArn === permissionSetArn,
  );
}

/** For an order that does not depend on where the facts are from. */
function textOf({ accountId, permissionSetArn }: GroupAssignment): string {
  return `${accountId}/${permissionSetArn}`;
}

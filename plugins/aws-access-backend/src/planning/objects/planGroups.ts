import { PlanObject } from 'backstage-plugin-aws-access-common';
import { countLabel } from '../../wording/labels';
import { AccessEdges } from '../effects/AccessEdges';
import { applicationKey, assignmentKey, membershipKey } from './objectKeys';
import { groupKeyOf, PlanContext } from '../PlanContext';
import {
  AccessGroupDocument,
  ApplicationAssignmentDocument,
} from './planDocuments';
import { PlannedExistingGroup } from '../facts/PlanFacts';

/** Access groups: those the request makes, and those it relies on. Pure. */
export function planGroups(
  context: PlanContext,
  edges: AccessEdges,
): PlanObject[] {
  const created = context.changesOf('accessGroup').flatMap(({ change }) => {
    const memberIds = context.idsOf(memberRefsOf(change, context));
    for (const entraUserId of memberIds) {
      edges.addMembership({
        principal: change.key,
        entraUserId,
        state: 'new',
      });
    }
    const displayName = context.groupName(change.key);
    const after: AccessGroupDocument = {
      displayName,
      description:
        change.description ??
        `AWS access of ${context.teamRef}; managed by the developer portal`,
      memberIds,
    };
    return [
      {
        key: change.key,
        kind: 'accessGroup' as const,
        action: 'create' as const,
        id: null,
        summary: `Creates the Entra group ${displayName} (${countLabel(
          memberIds.length,
          'member',
          'members',
        )}).`,
        before: null,
        after,
      },
      applicationAssignment(change.key, context),
    ];
  });
  const existing = existingGroupIds(context).flatMap(groupId => {
    const group = context.facts.groups.get(groupId);
    if (!group) return [];
    addEdges(group, context, edges);
    const document = documentOf(group);
    const object: PlanObject = {
      key: groupId,
      kind: 'accessGroup',
      action: 'untouched',
      id: groupId,
      summary: `Uses the Entra group ${group.displayName} (${countLabel(
        group.memberIds.length,
        'member',
        'members',
      )}).`,
      before: document,
      after: document,
    };
    return isGivenSomething(groupId, context)
      ? [object, applicationAssignment(groupId, context)]
      : [object];
  });
  return [...created, ...existing];
}

/** Refs of everybody who is put into a new group. */
export function memberRefsOf(
  change: { members: { kind: 'people'; people: string[] } | { kind: 'team' } },
  { facts }: Pick<PlanContext, 'facts'>,
): string[] {
  return change.members.kind === 'team'
    ? (facts.team?.members ?? []).map(member => member.entityRef)
    : [...new Set(change.members.people)];
}

/** The document of a group that exists. */
export function documentOf(group: PlannedExistingGroup): AccessGroupDocument {
  return {
    displayName: group.displayName,
    description: group.description ?? '',
    memberIds: [...group.memberIds].sort(),
  };
}

/** Entra object ids of the existing groups that the request names. */
function existingGroupIds({ changes }: Pick<PlanContext, 'changes'>) {
  const ids = changes.flatMap(change =>
    'accessGroup' in change && 'entraGroupId' in change.accessGroup
      ? [change.accessGroup.entraGroupId]
      : [],
  );
  return [...new Set(ids)];
}

function isGivenSomething(groupId: string, { changes }: PlanContext): boolean {
  return changes.some(
    change =>
      (change.kind === 'membership' || change.kind === 'assignment') &&
      groupKeyOf(change.accessGroup) === groupId,
  );
}

/** Everything that the group carries now (security rule 1). */
function addEdges(
  { groupId, memberIds, assignments }: PlannedExistingGroup,
  { facts: { endingObjects } }: PlanContext,
  edges: AccessEdges,
): void {
  const stateOf = (key: string) =>
    endingObjects.has(key) ? ('ending' as const) : ('standing' as const);
  for (const entraUserId of memberIds) {
    edges.addMembership({
      principal: groupId,
      entraUserId,
      state: stateOf(membershipKey(groupId, entraUserId)),
    });
  }
  for (const { accountId, permissionSetArn } of assignments) {
    edges.addAssignment({
      principal: groupId,
      accountId,
      permissionSetArn,
      state: stateOf(assignmentKey(groupId, accountId, permissionSetArn)),
    });
  }
}

/**
 * One that is there is part of the plan, too: the request relies on it, so it
 * must not go when leases of others end.
 */
function applicationAssignment(
  groupKey: string,
  context: PlanContext,
): PlanObject {
  const after: ApplicationAssignmentDocument = { accessGroup: groupKey };
  const name = context.groupName(groupKey);
  const isThere =
    context.facts.groups.get(groupKey)?.assignedToApplication ?? false;
  return {
    key: applicationKey(groupKey),
    kind: 'applicationAssignment',
    action: isThere ? 'untouched' : 'create',
    id: null,
    summary: isThere
      ? `${name} is assigned to the enterprise application already.`
      : summaryOfAssigning(name, context),
    before: isThere ? after : null,
    after,
  };
}

function summaryOfAssigning(name: string, { facts }: PlanContext): string {
  return facts.config.entra.applicationAssignment === 'manual'
    ? `Waits until somebody assigns ${name} to the enterprise application.`
    : `Assigns ${name} to the enterprise application.`;
}

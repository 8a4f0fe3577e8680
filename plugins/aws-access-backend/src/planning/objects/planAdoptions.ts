import { Atom, PlanObject } from 'backstage-plugin-aws-access-common';
import { countLabel } from '../../wording/labels';
import {
  applicationKey,
  assignmentKey,
  effectKey,
  membershipKey,
} from './objectKeys';
import { PlanContext } from '../PlanContext';
import {
  AccountAssignmentDocument,
  ApplicationAssignmentDocument,
  MembershipDocument,
} from './planDocuments';
import { PlannedExistingGroup } from '../facts/PlanFacts';
import { documentOf } from './planGroups';

/**
 * What is taken under management (security rule 18): groups with everything in
 * them that this product has not made, and permission sets. What it has made has
 * reasons and ends of its own, which an adoption must not prolong. Pure.
 */
export function planAdoptions(context: PlanContext): PlanObject[] {
  const { facts } = context;
  return [
    ...context.changesOf('adoptPermissionSet').flatMap(({ change }) => {
      const { arn } = change.permissionSet;
      const set = facts.permissionSets.get(arn)?.set;
      if (!set || facts.ownPermissionSets.has(arn)) return [];
      return [
        adopted({
          key: arn,
          kind: 'permissionSet',
          id: arn,
          summary: `Takes the permission set ${context.setLabel(
            arn,
          )} under management.`,
          document: set.document,
        }),
      ];
    }),
    ...context.changesOf('adoptAccessGroup').flatMap(({ change }) => {
      const group = facts.groups.get(change.accessGroup.entraGroupId);
      return group ? adoptGroup(group, context) : [];
    }),
  ];
}

/**
 * Every effect of what is adopted, whoever made which part of the way to it: an
 * approver sees all that the object carries. Pure.
 */
export function adoptedEffects(context: PlanContext): Atom[] {
  const { facts } = context;
  const effects = new Map<string, Atom>();
  const add = (entraUserId: string, accountId: string, arn: string) => {
    const atom: Atom = {
      entraUserId,
      permissionSetArn: arn,
      documentDigest:
        facts.permissionSets.get(arn)?.set.documentDigest ?? 'unknown',
      accountId,
      seconds: null,
    };
    effects.set(effectKey(atom), atom);
  };
  for (const group of context.adoptedGroups) {
    for (const { accountId, permissionSetArn } of group.assignments) {
      for (const id of group.memberIds) add(id, accountId, permissionSetArn);
    }
  }
  for (const arn of context.adoptedSets) {
    for (const { accountId, entraUserIds } of facts.holders.get(arn) ?? []) {
      for (const id of entraUserIds) add(id, accountId, arn);
    }
  }
  return [...effects.keys()].sort().map(key => effects.get(key)!);
}

/** How many effects there may be at most; none is made to know that. */
export function countAdopted(context: PlanContext): number {
  return (
    context.adoptedGroups.reduce(
      (sum, { assignments, memberIds }) =>
        sum + assignments.length * memberIds.length,
      0,
    ) +
    context.adoptedSets
      .flatMap(arn => context.facts.holders.get(arn) ?? [])
      .reduce((sum, { entraUserIds }) => sum + entraUserIds.length, 0)
  );
}

function adoptGroup(
  group: PlannedExistingGroup,
  context: PlanContext,
): PlanObject[] {
  const { groupId, displayName } = group;
  const isOpen = ({ key }: PlanObject) => !context.facts.ownParts.has(key);
  const memberships = [...group.memberIds]
    .sort()
    .map((entraUserId): PlanObject => {
      const document: MembershipDocument = {
        accessGroup: groupId,
        entraUserId,
      };
      const person = context.person(entraUserId).displayName;
      return adopted({
        key: membershipKey(groupId, entraUserId),
        kind: 'membership',
        summary: `Takes it under management that ${person} is in ${displayName}.`,
        document,
      });
    });
  const application: ApplicationAssignmentDocument = { accessGroup: groupId };
  const assignments = [...group.assignments]
    .sort((one, other) => (textOf(one) < textOf(other) ? -1 : 1))
    .map((of): PlanObject => {
      const { accountId, permissionSetArn } = of;
      const document: AccountAssignmentDocument = {
        principal: { kind: 'accessGroup', accessGroup: groupId },
        ...of,
      };
      return adopted({
        key: assignmentKey(groupId, accountId, permissionSetArn),
        kind: 'accountAssignment',
        summary: `Takes it under management that ${displayName} has ${context.setLabel(
          permissionSetArn,
        )} in ${context.accountLabel(accountId)}.`,
        document,
      });
    });
  return [
    ...(group.isOurs
      ? []
      : [
          adopted({
            key: groupId,
            kind: 'accessGroup',
            id: groupId,
            summary: `Takes the Entra group ${displayName} under management, with ${countLabel(
              group.memberIds.length,
              'member',
              'members',
            )} and ${countLabel(
              group.assignments.length,
              'assignment',
              'assignments',
            )}.`,
            document: documentOf(group),
          }),
        ]),
    ...(group.assignedToApplication
      ? [
          adopted({
            key: applicationKey(groupId),
            kind: 'applicationAssignment',
            summary: `Takes it under management that ${displayName} is assigned to the enterprise application.`,
            document: application,
          }),
        ].filter(isOpen)
      : []),
    ...memberships.filter(isOpen),
    ...assignments.filter(isOpen),
  ];
}

/** For an order that does not depend on where the facts are from. */
function textOf(of: { accountId: string; permissionSetArn: string }): string {
  return `${of.accountId}/${of.permissionSetArn}`;
}

/** Nothing changes: what is there is what will be there. */
function adopted(
  of: Pick<PlanObject, 'key' | 'kind' | 'summary'> & {
    id?: string;
    document: unknown;
  },
): PlanObject {
  const { key, kind, summary, id = null, document } = of;
  return {
    key,
    kind,
    action: 'adopt',
    id,
    summary,
    before: document,
    after: document,
  };
}

import { Change, Problem } from 'backstage-plugin-aws-access-common';
import { accountLabel } from '../../wording/labels';
import { groupKeyOf, PlanContext } from '../PlanContext';
import { PlanFacts, PlannedExistingGroup } from '../facts/PlanFacts';
import {
  isProtectedGroup,
  isProtectedPermissionSet,
  protectedAccountReason,
} from './protectedReason';

type ProblemText = Omit<Problem, 'path'>;

/** The same words for a group that is not there and for one that may not be read. */
export function noSuchGroup(groupId: string): string {
  return `There is no group ${groupId} in Entra ID that carries access, or it has not been read.`;
}

/** What is wrong with the access groups of a request. Pure. */
export function findGroupProblems(
  context: PlanContext,
  asked: Change[],
): Problem[] {
  return [
    ...findNewGroupProblems(context),
    ...asked.flatMap((change, index): Problem[] => {
      if (
        !('accessGroup' in change) ||
        !('entraGroupId' in change.accessGroup)
      ) {
        return [];
      }
      const { entraGroupId } = change.accessGroup;
      const problem = whyNotGroup(
        entraGroupId,
        change.kind,
        asked,
        context.facts,
      );
      return problem
        ? [{ path: `changes.${index}.accessGroup.entraGroupId`, ...problem }]
        : [];
    }),
  ];
}

function findNewGroupProblems(context: PlanContext): Problem[] {
  const { facts } = context;
  return context.changesOf('accessGroup').flatMap(({ change, index }) => {
    const name = facts.groupNames.get(change.key);
    const problems: Problem[] = [];
    // A group may be asked for by itself; beside assignments to others it is a
    // slip of the pen.
    const assignments = context.changesOf('assignment');
    const isUsed = assignments.some(
      other => groupKeyOf(other.change.accessGroup) === change.key,
    );
    if (!isUsed && assignments.length > 0) {
      problems.push({
        path: `changes.${index}`,
        message: `No assignment uses the access group '${change.key}', so it would give nothing.`,
        fix: 'Add an assignment that names it, or ask for the group by itself.',
      });
    }
    if (name && isProtectedGroup(name, facts.config)) {
      problems.push({
        path: `changes.${index}.name`,
        message: `The name ${name.displayName} is protected by the configuration.`,
        fix: 'Choose another name, or leave it out to get one proposed.',
      });
    } else if (name?.isTaken) {
      problems.push({
        path: `changes.${index}.name`,
        message: `There is a group named like ${name.displayName} already, and SCIM would merge the two.`,
        fix: 'Choose another name, or leave it out to get one proposed.',
      });
    }
    return problems;
  });
}

function whyNotGroup(
  groupId: string,
  kind: Change['kind'],
  asked: Change[],
  facts: PlanFacts,
): ProblemText | undefined {
  const group = facts.groups.get(groupId);
  if (!group) {
    return {
      message: noSuchGroup(groupId),
      fix: 'Choose one from the list; if it is new, refresh the inventory first.',
    };
  }
  const label = `${group.displayName} (${groupId})`;
  if (isProtectedGroup(group, facts.config)) {
    return {
      message: `No request can touch the group ${label}: it is protected by the configuration.`,
      fix: 'Choose another group.',
    };
  }
  const needsUsable =
    kind === 'membership' ||
    kind === 'assignment' ||
    kind === 'adoptAccessGroup' ||
    kind === 'removeMembership';
  if (needsUsable && group.unusableBecause) {
    return {
      message: `The group ${label} cannot carry access: ${group.unusableBecause}.`,
      fix: 'Choose another group, or ask for a new one.',
    };
  }
  const isFilled = needsUsable && kind !== 'removeMembership';
  if (isFilled && group.otherOwners) {
    return {
      message: `${
        group.otherOwners === 1
          ? 'Somebody else owns'
          : `${group.otherOwners} others own`
      } the group ${label}, who can put people into it without any approval.`,
      fix: "Have its owners taken off in Entra ID, except for this portal's service principal, and refresh the inventory; or ask for a new group.",
    };
  }
  if (kind === 'adoptAccessGroup') {
    const problem = whyNotAdoptable(group, label);
    if (problem) return problem;
  }
  if (kind === 'removeAccessGroup' && !group.isOurs) {
    return {
      message: `This product did not make the group ${label}, nor takes care of it, so it does not remove it.`,
      fix: 'Ask to take it under management first, take its assignments or members away instead, or have it removed in Entra ID.',
    };
  }
  const isRemoved = asked.some(
    change =>
      change.kind === 'removeAccessGroup' &&
      change.accessGroup.entraGroupId === groupId,
  );
  if (isRemoved && !kind.startsWith('remove')) {
    return {
      message: `The same request removes the group ${label}.`,
      fix: 'Leave one of the two out.',
    };
  }
  // An assignment gives what it names; the others move what the group carries.
  const isAboutAll = kind !== 'assignment' && kind !== 'removeAssignment';
  return isAboutAll ? whyNotCarried(group, label, facts) : undefined;
}

/** What is adopted must be ours to remove, and must give something. */
function whyNotAdoptable(
  { ownedByUs, storeGroupId }: PlannedExistingGroup,
  label: string,
): ProblemText | undefined {
  if (storeGroupId === null) {
    return {
      message: `The group ${label} is not in AWS, so there is no access to take under management.`,
      fix: 'Assign a permission set to it by a request, or wait until SCIM has brought it to AWS.',
    };
  }
  return ownedByUs
    ? undefined
    : {
        message: `This portal's service principal does not own the group ${label}${
          ownedByUs === null ? ', as far as is known' : ''
        }, so it could not remove it when it is given back.`,
        fix: 'Have it made the only owner of the group in Entra ID, and refresh the inventory.',
      };
}

function whyNotCarried(
  group: PlannedExistingGroup,
  label: string,
  facts: PlanFacts,
): ProblemText | undefined {
  for (const { accountId, permissionSetArn } of group.assignments) {
    const set = facts.permissionSets.get(permissionSetArn)?.set;
    if (!set) {
      return {
        message: `It is not known what the group ${label} gives: the inventory does not have the permission set ${permissionSetArn}.`,
        fix: 'Refresh the inventory.',
      };
    }
    if (isProtectedPermissionSet(set, facts.config)) {
      return {
        message: `No request can touch the group ${label}: it carries the protected permission set ${set.name}.`,
        fix: 'Choose another group.',
      };
    }
    const because = protectedAccountReason(accountId, facts.config, facts.pins);
    if (because) {
      const name = facts.accounts.get(accountId)?.account.name ?? accountId;
      return {
        message: `No request can touch the group ${label}: it reaches ${accountLabel(
          { id: accountId, name },
        )}, and ${because}.`,
        fix: 'Choose another group.',
      };
    }
  }
  return undefined;
}

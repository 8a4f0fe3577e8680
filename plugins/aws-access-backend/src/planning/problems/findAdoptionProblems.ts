import { Problem } from 'backstage-plugin-aws-access-common';
import { whyHoldersAreProtected } from './findRemovedSetProblems';
import { PlanContext } from '../PlanContext';
import { isProtectedPermissionSet } from './protectedReason';

type ProblemText = Omit<Problem, 'path'>;

/**
 * What is wrong with permission sets that a request takes under management; for
 * access groups see findGroupProblems. Pure.
 */
export function findAdoptionProblems(context: PlanContext): Problem[] {
  return context
    .changesOf('adoptPermissionSet')
    .flatMap(({ change, index }): Problem[] => {
      const { arn } = change.permissionSet;
      const problem = whyNotAdoptable(arn, context);
      return problem
        ? [{ path: `changes.${index}.permissionSet.arn`, ...problem }]
        : [];
    });
}

function whyNotAdoptable(
  arn: string,
  context: PlanContext,
): ProblemText | undefined {
  const { facts } = context;
  const set = facts.permissionSets.get(arn)?.set;
  if (!set) {
    return {
      message: `The organization has no permission set ${arn}.`,
      fix: 'Choose one from the list; if it is new, refresh the inventory first.',
    };
  }
  if (isProtectedPermissionSet(set, facts.config)) {
    return {
      message: `The permission set ${set.name} is protected: no request takes it under management.`,
      fix: 'Leave it out.',
    };
  }
  if (facts.outOfReachSets.has(arn)) {
    return {
      message: `The permission set ${set.name} is also assigned in the management account, and AWS leaves it to that account: the portal's credentials are of another one.`,
      fix: 'Leave it out, or ask the cloud administrators.',
    };
  }
  if (facts.ownPermissionSets.has(arn)) {
    return {
      message: `The permission set ${set.name} is under management already.`,
      fix: 'Leave it out.',
    };
  }
  const isWrittenToo =
    context
      .changesOf('permissionSet')
      .some(({ change }) => change.arn === arn) ||
    context
      .changesOf('removePermissionSet')
      .some(({ change }) => change.permissionSet.arn === arn);
  if (isWrittenToo) {
    return {
      message: `The same request changes or removes the permission set ${set.name}.`,
      fix: 'Ask for that in a request of its own, once this one is done.',
    };
  }
  return whyHoldersAreProtected(set, facts);
}

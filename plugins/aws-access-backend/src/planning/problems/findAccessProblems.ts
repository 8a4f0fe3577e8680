import { Change, Problem } from 'backstage-plugin-aws-access-common';
import { accountLabel } from '../../wording/labels';
import { PlanFacts } from '../facts/PlanFacts';
import {
  isProtectedPermissionSet,
  protectedAccountReason,
} from './protectedReason';

type ProblemText = Omit<Problem, 'path'>;

const PERMISSION_SETS_OFF: ProblemText = {
  message:
    'Permission sets are switched off in the IAM Identity Center instance, so nothing can be given through them.',
  fix: 'Ask the cloud administrators to switch permission sets on for the instance.',
};

/**
 * What is wrong with the accounts and permission sets that a request names to
 * give or to take. Pure.
 */
export function findAccessProblems(
  changes: Change[],
  facts: PlanFacts,
): Problem[] {
  return changes.flatMap((change, index): Problem[] => {
    const path = `changes.${index}`;
    if (change.kind === 'permissionSet') {
      return facts.permissionSetsEnabled
        ? []
        : [{ path, ...PERMISSION_SETS_OFF }];
    }
    const isAccess =
      change.kind === 'assignment' ||
      change.kind === 'elevation' ||
      change.kind === 'removeAssignment' ||
      change.kind === 'removeElevation';
    if (!isAccess) return [];

    const problems: Problem[] = [];
    const isGiven = change.kind === 'assignment' || change.kind === 'elevation';
    const setProblem =
      'arn' in change.permissionSet
        ? whyNoPermissionSet(change.permissionSet.arn, facts)
        : undefined;
    if (setProblem) {
      problems.push({ path: `${path}.permissionSet.arn`, ...setProblem });
    } else if (isGiven && !facts.permissionSetsEnabled) {
      problems.push({ path: `${path}.permissionSet`, ...PERMISSION_SETS_OFF });
    }
    if (change.accounts.kind === 'named') {
      change.accounts.accountIds.forEach((accountId, position) => {
        const problem = whyNoAccount(accountId, facts, isGiven);
        if (problem) {
          problems.push({
            path: `${path}.accounts.accountIds.${position}`,
            ...problem,
          });
        }
      });
    }
    return problems;
  });
}

function whyNoPermissionSet(
  arn: string,
  facts: PlanFacts,
): ProblemText | undefined {
  const planned = facts.permissionSets.get(arn);
  if (!planned) {
    return {
      message: `The organization has no permission set ${arn}.`,
      fix: 'Choose one from the list; if it is new, refresh the inventory first.',
    };
  }
  if (facts.outOfReachSets.has(arn)) {
    return {
      message: `The permission set ${planned.set.name} is also assigned in the management account, and AWS leaves it to that account: the portal's credentials are of another one.`,
      fix: 'Choose another permission set, or ask the cloud administrators.',
    };
  }
  return isProtectedPermissionSet(planned.set, facts.config)
    ? {
        message: `The permission set ${planned.set.name} is protected: requests neither give it nor take it away.`,
        fix: 'Choose another permission set.',
      }
    : undefined;
}

function whyNoAccount(
  accountId: string,
  facts: PlanFacts,
  isGiven: boolean,
): ProblemText | undefined {
  const planned = facts.accounts.get(accountId);
  if (!planned) {
    return {
      message: `The organization has no account ${accountId}.`,
      fix: 'Choose one from the list; if it is new, refresh the inventory first.',
    };
  }
  const label = accountLabel({ id: accountId, name: planned.account.name });
  // Access to an account that is closed can still be taken away.
  if (isGiven && planned.account.state !== 'ACTIVE') {
    return {
      message: `The account ${label} is ${planned.account.state.toLowerCase()}.`,
      fix: 'Leave it out.',
    };
  }
  const protectedBecause = protectedAccountReason(
    accountId,
    facts.config,
    facts.pins,
  );
  if (protectedBecause) {
    return {
      message: `No request can touch the account ${label}: ${protectedBecause}.`,
      fix: 'Leave it out.',
    };
  }
  return planned.facts.ownersConflict
    ? {
        message: `Nobody can say who approves for the account ${label}: ${planned.facts.ownersConflict}.`,
        fix: 'Ask the portal administrator to settle who owns it.',
      }
    : undefined;
}

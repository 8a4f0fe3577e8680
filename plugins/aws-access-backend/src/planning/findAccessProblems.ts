import { Change, Problem } from 'backstage-plugin-aws-access-common';
import { accountLabel } from '../wording/labels';
import { PlanFacts } from './PlanFacts';
import {
  isProtectedPermissionSet,
  protectedAccountReason,
} from './protectedReason';

/** What is wrong with the accounts and permission sets of a request. Pure. */
export function findAccessProblems(
  changes: Change[],
  facts: PlanFacts,
): Problem[] {
  // Without facts every account would look unknown.
  if (facts.unusableBecause) return [];
  return changes.flatMap((change, index): Problem[] => {
    if (change.kind !== 'assignment') return [];
    const problems: Problem[] = [];
    const permissionSetProblem = whyNoPermissionSet(
      change.permissionSet.arn,
      facts,
    );
    if (permissionSetProblem) {
      problems.push({
        path: `changes.${index}.permissionSet.arn`,
        ...permissionSetProblem,
      });
    }
    change.accounts.accountIds.forEach((accountId, position) => {
      const problem = whyNoAccount(accountId, facts);
      if (problem) {
        problems.push({
          path: `changes.${index}.accounts.accountIds.${position}`,
          ...problem,
        });
      }
    });
    return problems;
  });
}

function whyNoPermissionSet(
  arn: string,
  facts: PlanFacts,
): Omit<Problem, 'path'> | undefined {
  const planned = facts.permissionSets.get(arn);
  if (!planned) {
    return {
      message: `The organization has no permission set ${arn}.`,
      fix: 'Choose one from the list; if it is new, refresh the inventory first.',
    };
  }
  return isProtectedPermissionSet(planned.set, facts.config)
    ? {
        message: `The permission set ${planned.set.name} is protected: it is not given out by requests.`,
        fix: 'Choose another permission set.',
      }
    : undefined;
}

function whyNoAccount(
  accountId: string,
  facts: PlanFacts,
): Omit<Problem, 'path'> | undefined {
  const planned = facts.accounts.get(accountId);
  if (!planned) {
    return {
      message: `The organization has no account ${accountId}.`,
      fix: 'Choose one from the list; if it is new, refresh the inventory first.',
    };
  }
  const label = accountLabel({ id: accountId, name: planned.account.name });
  if (planned.account.state !== 'ACTIVE') {
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

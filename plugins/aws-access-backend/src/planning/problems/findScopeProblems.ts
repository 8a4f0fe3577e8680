import { Change, Problem } from 'backstage-plugin-aws-access-common';
import { accountLabel, countLabel } from '../../wording/labels';
import { accountsOfScope } from '../scopes/accountsOfScope';
import { describeScope } from '../scopes/describeScope';
import { PlanFacts } from '../facts/PlanFacts';

/** What is wrong with scopes that are kept true (security rule 17). Pure. */
export function findScopeProblems(
  changes: Change[],
  facts: PlanFacts,
): Problem[] {
  return changes.flatMap((change, index): Problem[] => {
    if (change.kind !== 'assignment' || change.accounts.kind === 'named') {
      return [];
    }
    const path = `changes.${index}.accounts`;
    const { maxAccounts } = change.accounts;
    const what = describeScope(change.accounts);
    if (facts.delegatedAdministratorIds === null) {
      return [
        {
          path,
          message: `It is not known which accounts administer the organization, so ${what} could hold one of them.`,
          fix: 'Name the accounts, or ask the portal administrator to let the portal read the delegated administrators.',
        },
      ];
    }
    const accountIds = accountsOfScope(index, facts);
    const problems: Problem[] = [];
    if (accountIds.length > maxAccounts) {
      problems.push({
        path: `${path}.maxAccounts`,
        message: `${countLabel(
          accountIds.length,
          'account is',
          'accounts are',
        )} in ${what} now, more than the ${maxAccounts} that the scope may ever hold.`,
        fix: `Choose a smaller scope, or at least ${accountIds.length} as its limit.`,
      });
    }
    for (const id of accountIds) {
      const planned = facts.accounts.get(id)!;
      if (planned.facts.ownersConflict) {
        problems.push({
          path,
          message: `Nobody can say who approves for the account ${accountLabel({
            id,
            name: planned.account.name,
          })}: ${planned.facts.ownersConflict}.`,
          fix: 'Ask the portal administrator to settle who owns it.',
        });
      }
    }
    return problems;
  });
}

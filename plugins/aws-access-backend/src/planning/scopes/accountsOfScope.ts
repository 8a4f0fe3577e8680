import { PlanFacts } from '../facts/PlanFacts';
import { isOutsideScopes } from '../problems/protectedReason';

/**
 * Accounts of a scope now, without those that must be named (security rule 17)
 * and those that are closed.
 *
 * @param index - of the change with the scope
 */
export function accountsOfScope(index: number, facts: PlanFacts): string[] {
  return (facts.accountsInScope.get(index) ?? []).filter(
    id =>
      !isOutsideScopes(id, facts) &&
      facts.accounts.get(id)?.account.state === 'ACTIVE',
  );
}

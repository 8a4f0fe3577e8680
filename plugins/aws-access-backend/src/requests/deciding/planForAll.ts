import { Change, Plan } from 'backstage-plugin-aws-access-common';
import { namedPeopleOf } from '../../planning/facts/namedPeopleOf';
import { ToldPlan } from './toStages';

/**
 * What a text may tell of a plan's stages that everybody reads who may read the
 * request: no accounts, where the plan is also about people whom the changes do
 * not name, so that some readers are not shown all of it (security rule 29). Pure.
 */
export function planForAll(plan: Plan, changes: Change[]): ToldPlan {
  const named = new Set(namedPeopleOf(changes));
  const isAllNamed = plan.people.every(
    ({ entityRef }) => entityRef !== null && named.has(entityRef),
  );
  return isAllNamed
    ? plan
    : { accounts: [], hidden: { people: 0, accounts: plan.accounts.length } };
}

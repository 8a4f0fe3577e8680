import { Plan } from 'backstage-plugin-aws-access-common';
import { PolicyAtom } from '../policy/PolicyAtom';
import { PlanFacts } from './PlanFacts';

/** The effects of a plan as the rules see them; equal ones once. Pure. */
export function policyAtoms(
  plan: Pick<Plan, 'gains'>,
  teamRef: string,
  facts: PlanFacts,
): PolicyAtom[] {
  const atoms = new Map<string, PolicyAtom>();
  for (const gain of plan.gains) {
    const key = `${gain.accountId}/${gain.permissionSetArn}`;
    const account = facts.accounts.get(gain.accountId)!;
    const permissionSet = facts.permissionSets.get(gain.permissionSetArn)!;
    atoms.set(key, {
      accountId: gain.accountId,
      environment: account.facts.environment,
      owners: account.facts.owners,
      accessLevel: permissionSet.level.fact,
      permissionSetName: permissionSet.set.name,
      teamRef,
      temporary: gain.seconds !== null,
    });
  }
  return [...atoms.values()];
}

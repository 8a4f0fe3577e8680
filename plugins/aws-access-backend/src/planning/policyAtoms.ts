import {
  Change,
  Finding,
  Plan,
  severitySchema,
} from 'backstage-plugin-aws-access-common';
import { PolicyAtom } from '../policy/PolicyAtom';
import { PlanFacts } from './PlanFacts';

/** The effects of a plan as the rules see them; equal ones once. Pure. */
export function policyAtoms(
  plan: Pick<Plan, 'gains' | 'findings'>,
  input: { teamRef: string; changes: Change[]; actor?: string | null },
  facts: PlanFacts,
): PolicyAtom[] {
  const atoms = new Map<string, PolicyAtom>();
  const changeKinds = [...new Set(input.changes.map(change => change.kind))];
  for (const gain of plan.gains) {
    const key = `${gain.accountId}/${gain.permissionSetArn}`;
    const { account, facts: known } = facts.accounts.get(gain.accountId)!;
    const { set, level } = facts.permissionSets.get(gain.permissionSetArn)!;
    atoms.set(key, {
      accountId: gain.accountId,
      environment: known.environment,
      owners: known.owners,
      systemOwners: facts.systemOwners.get(gain.accountId) ?? {
        known: false,
        reason: 'nobody looked',
      },
      accessLevel: level.fact,
      organizationalUnits:
        account.ouPath.length > 0
          ? { known: true, value: account.ouPath, source: 'AWS Organizations' }
          : { known: false, reason: 'AWS Organizations names none' },
      tags: account.tags,
      permissionSetName: set.name,
      teamRef: input.teamRef,
      temporary: gain.seconds !== null,
      changeKinds,
      filedByActor: Boolean(input.actor),
      findings: {
        worst: worstOf(plan.findings.filter(isAbout(gain, facts))),
        isComplete: level.fact.known && known.environment.known,
      },
    });
  }
  return [...atoms.values()];
}

/**
 * A finding's id names the object that it is about. One about another account or
 * permission set is none of this effect; all others are.
 */
function isAbout(
  gain: Plan['gains'][number],
  facts: PlanFacts,
): (finding: Finding) => boolean {
  return ({ id }) => {
    const object = id.slice(id.indexOf('/') + 1);
    if (facts.accounts.has(object)) return object === gain.accountId;
    if (facts.permissionSets.has(object)) {
      return object === gain.permissionSetArn;
    }
    return true;
  };
}

function worstOf(findings: Finding[]): Finding['severity'] | null {
  const ranks = findings.map(({ severity }) =>
    severitySchema.options.indexOf(severity),
  );
  return ranks.length > 0 ? severitySchema.options[Math.max(...ranks)] : null;
}

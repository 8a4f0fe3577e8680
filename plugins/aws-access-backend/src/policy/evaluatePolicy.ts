import { PolicyConfig, PolicyRule } from '../config/policySchema';
import { digestOf } from '../digest/digestOf';
import { addStage, sortedUnion, sortStages } from './addStage';
import { judgeAtom } from './judgeAtom';
import { PolicyAtom } from './PolicyAtom';
import { PolicyOutcome, RequiredStage, TextDemand } from './PolicyOutcome';
import { shortestDuration } from './shortestDuration';

/** Why the default stage is there. */
export const BECAUSE_DEFAULT = 'the default of the policy';

/** Why something is denied that nobody could be asked about. */
export const NOBODY_ASKED =
  'No rule of the policy is about this access, and the policy has no default stage.';

/**
 * Evaluates the approval rules for every atom and adds up what they ask
 * (security rule 5). Pure.
 *
 * Every rule that matches, or may match, counts: its stages are asked for, its
 * denial denies, the shortest maximum duration wins. The default stage is asked
 * for wherever no rule with autoApprove definitely matches, so a further rule
 * without autoApprove, or a further atom, never takes a stage away.
 *
 * @param options.mayAutoApprove - false keeps rules with autoApprove from
 *   counting, for requests that a person must look at
 */
export function evaluatePolicy(
  policy: PolicyConfig,
  atoms: PolicyAtom[],
  options: { mayAutoApprove: boolean },
): PolicyOutcome {
  const stages = new Map<string, RequiredStage>();
  const denials = new Set<string>();
  const demands = new Map<string, TextDemand>();
  const maximums: Array<{ duration: string; rule: string }> = [];
  let allAutoApproved = atoms.length > 0;

  for (const atom of atoms) {
    const judgement = judgeAtom(policy, atom, options);
    for (const { rule } of judgement.matches) {
      if (rule.deny) denials.add(rule.deny);
      if (rule.maxDuration) {
        maximums.push({ duration: rule.maxDuration, rule: rule.name });
      }
      for (const demand of demandsOf(rule)) addDemand(demands, demand);
      for (const stage of rule.require ?? []) {
        addStage(stages, stage, atom, rule.name);
      }
    }
    if (judgement.isAutoApproved) continue;
    allAutoApproved = false;
    if (policy.defaultStage) {
      addStage(stages, policy.defaultStage, atom, BECAUSE_DEFAULT);
    } else if (!judgement.isAsked) {
      denials.add(NOBODY_ASKED);
    }
  }

  const shortest = shortestDuration(maximums.map(maximum => maximum.duration));
  return {
    rulesDigest: rulesDigestOf(policy),
    stages: sortStages(stages.values()),
    denials: [...denials].sort(),
    maxDuration: shortest,
    maxDurationBecause: sortedUnion(
      maximums
        .filter(maximum => maximum.duration === shortest)
        .map(maximum => maximum.rule),
    ),
    demands: [...demands]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, demand]) => demand),
    autoApproved: allAutoApproved && stages.size === 0 && denials.size === 0,
  };
}

function demandsOf({ name, justification, ticket }: PolicyRule): TextDemand[] {
  const demands: TextDemand[] = [];
  if (justification) {
    demands.push({ field: 'justification', ...justification, because: [name] });
  }
  if (ticket) {
    demands.push({
      field: 'ticket',
      pattern: null,
      hint: null,
      ...ticket,
      because: [name],
    });
  }
  return demands;
}

function addDemand(demands: Map<string, TextDemand>, demand: TextDemand) {
  const { field, pattern, hint, because } = demand;
  const key = JSON.stringify([field, pattern, hint]);
  demands.set(key, {
    ...demand,
    because: sortedUnion([...(demands.get(key)?.because ?? []), ...because]),
  });
}

/** The order of rules means nothing, so it is not in their digest. */
function rulesDigestOf(policy: PolicyConfig): string {
  return digestOf({
    defaultStage: policy.defaultStage,
    rules: policy.rules.map(rule => digestOf(rule)).sort(),
  });
}

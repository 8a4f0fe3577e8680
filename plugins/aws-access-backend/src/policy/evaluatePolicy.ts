import { PolicyConfig, PolicyRule } from '../config/policySchema';
import { StageConfig } from '../config/stageSchema';
import { digestOf } from '../digest/digestOf';
import { addStage, sortedUnion, sortStages } from './addStage';
import { judgeAtom } from './judgeAtom';
import { matchRule } from './matchRule';
import { PolicyAtom } from './PolicyAtom';
import { PolicyOutcome, RequiredStage, TextDemand } from './PolicyOutcome';
import { shortestDuration } from './shortestDuration';

/** The longest span that a rule allows. */
interface Maximum {
  duration: string;
  rule: string;
}

/** Why the default stage is there. */
export const BECAUSE_DEFAULT = 'the default of the policy';

/** Why something is denied that nobody could be asked about. */
const NOBODY_ASKED =
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
  const maximums: Maximum[] = [];
  const totals: Maximum[] = [];
  const helds: Maximum[] = [];
  let allAutoApproved = atoms.length > 0;

  for (const atom of atoms) {
    const judgement = judgeAtom(policy, atom, options);
    for (const { rule } of judgement.matches) {
      if (rule.deny) denials.add(rule.deny);
      if (limitsSpan(rule, atom)) {
        const { maxDuration, maxTotal } = rule;
        const add = (to: Maximum[], duration: string | undefined) => {
          if (duration) to.push({ duration, rule: rule.name });
        };
        add(maximums, maxDuration);
        add(totals, maxTotal ?? maxDuration);
        add(helds, maxTotal);
      }
      for (const demand of demandsOf(rule)) addDemand(demands, demand);
      for (const stage of rule.require ?? []) {
        addStage(stages, stage, atom, rule.name);
      }
    }
    if (judgement.isAutoApproved) continue;
    allAutoApproved = false;
    const defaultStage = defaultStageOf(policy, atom);
    if (defaultStage) {
      addStage(stages, defaultStage, atom, BECAUSE_DEFAULT);
    } else if (!judgement.isAsked) {
      denials.add(NOBODY_ASKED);
    }
  }

  const maximum = shortestOf(maximums);
  const total = shortestOf(totals);
  const held = shortestOf(helds);
  return {
    rulesDigest: rulesDigestOf(policy),
    stages: sortStages(stages.values()),
    denials: [...denials].sort(),
    maxDuration: maximum.duration,
    maxDurationBecause: maximum.because,
    maxTotal: total.duration,
    maxTotalBecause: total.because,
    maxHeld: held.duration,
    maxHeldBecause: held.because,
    demands: [...demands]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, demand]) => demand),
    autoApproved: allAutoApproved && stages.size === 0 && denials.size === 0,
  };
}

/** The stage that is asked where nothing approves the atom by itself. */
export function defaultStageOf(
  policy: PolicyConfig,
  atom: Pick<PolicyAtom, 'accountId'>,
): StageConfig | undefined {
  return atom.accountId === null
    ? policy.defaultStageWithoutAccounts ?? policy.defaultStage
    : policy.defaultStage;
}

/**
 * Whether the rule's longest span is about the atom. Taking away has no span. A
 * change of a permission set that people have, or its adoption, is as long as they
 * have it; it exceeds a span only where the rule was not about what they have
 * already.
 */
function limitsSpan({ match }: PolicyRule, atom: PolicyAtom): boolean {
  if ((atom.effect ?? 'gain') !== 'gain') return false;
  const { accessLevelBefore } = atom;
  return (
    !accessLevelBefore ||
    matchRule(match, { ...atom, accessLevel: accessLevelBefore }).verdict !==
      'yes'
  );
}

function shortestOf(maximums: Maximum[]) {
  const shortest = shortestDuration(maximums.map(({ duration }) => duration));
  return {
    duration: shortest,
    because: sortedUnion(
      maximums
        .filter(({ duration }) => duration === shortest)
        .map(({ rule }) => rule),
    ),
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
    ...(policy.defaultStageWithoutAccounts && {
      defaultStageWithoutAccounts: policy.defaultStageWithoutAccounts,
    }),
    rules: policy.rules.map(rule => digestOf(rule)).sort(),
  });
}

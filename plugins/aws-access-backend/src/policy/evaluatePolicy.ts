import { Duration } from 'luxon';
import { AwsAccessConfig } from '../config/AwsAccessConfig';
import { StageConfig } from '../config/stageSchema';
import { digestOf } from '../digest/digestOf';
import { matchRule } from './matchRule';
import { PolicyAtom } from './PolicyAtom';
import { PolicyOutcome, RequiredStage } from './PolicyOutcome';

/** Why the default stage is there. */
export const BECAUSE_DEFAULT = 'the default of the policy';

/**
 * Evaluates the approval rules for every atom and adds up what they ask
 * (security rule 5). Pure.
 *
 * Every rule that matches, or may match, counts: its stages are asked for, its
 * denial denies, the shortest maximum duration wins. The default stage is asked
 * for wherever no rule with autoApprove definitely matches, so a further rule
 * without autoApprove, or a further atom, never takes a stage away. An atom of
 * which anything is unknown is not approved by itself, whether or not the rule
 * asks for what is unknown.
 *
 * @param options.mayAutoApprove - false keeps rules with autoApprove from
 *   counting, for requests that a person must look at
 */
export function evaluatePolicy(
  policy: AwsAccessConfig['policy'],
  atoms: PolicyAtom[],
  options: { mayAutoApprove: boolean },
): PolicyOutcome {
  const stages = new Map<string, RequiredStage>();
  const denials = new Set<string>();
  const maximums: Array<{ duration: string; rule: string }> = [];
  let allAutoApproved = atoms.length > 0;

  for (const atom of atoms) {
    let isAsked = false;
    let isAutoApproved = false;
    const mayAutoApprove = options.mayAutoApprove && isFullyKnown(atom);
    for (const rule of policy.rules) {
      const match = matchRule(rule.match, atom);
      if (match === 'no') continue;
      if (rule.deny) denials.add(rule.deny);
      if (rule.maxDuration) {
        maximums.push({ duration: rule.maxDuration, rule: rule.name });
      }
      for (const stage of rule.require ?? []) {
        addStage(stages, stage, atom, rule.name);
      }
      if (match === 'yes') {
        isAsked ||= Boolean(rule.require);
        isAutoApproved ||= Boolean(rule.autoApprove) && mayAutoApprove;
      }
    }
    if (!isAutoApproved) {
      allAutoApproved = false;
      if (policy.defaultStage) {
        addStage(stages, policy.defaultStage, atom, BECAUSE_DEFAULT);
      } else if (!isAsked) {
        denials.add(
          'No rule of the policy is about this access, and the policy has no default stage.',
        );
      }
    }
  }

  const shortest = shortestOf(maximums.map(maximum => maximum.duration));
  return {
    rulesDigest: rulesDigestOf(policy),
    stages: [...stages.values()].sort(
      (one, other) =>
        one.name.localeCompare(other.name, 'en') ||
        one.id.localeCompare(other.id, 'en'),
    ),
    denials: [...denials].sort(),
    maxDuration: shortest,
    maxDurationBecause: sortedUnion(
      maximums
        .filter(maximum => maximum.duration === shortest)
        .map(maximum => maximum.rule),
    ),
    autoApproved: allAutoApproved && stages.size === 0 && denials.size === 0,
  };
}

function isFullyKnown(atom: PolicyAtom): boolean {
  return [atom.environment, atom.owners, atom.accessLevel].every(
    fact => fact.known,
  );
}

/**
 * Stages of the same name and approvers are one, and the larger count wins.
 * `accountOwner` stands for different people in different accounts, so accounts
 * of different owners are different stages: every owner must agree.
 */
function addStage(
  stages: Map<string, RequiredStage>,
  stage: StageConfig,
  atom: PolicyAtom,
  because: string,
) {
  const approvers = sortedUnion(stage.approvers);
  const isByOwner = approvers.includes('accountOwner');
  const ownersKey = atom.owners.known
    ? sortedUnion(atom.owners.value)
    : { unknownOwnerOf: atom.accountId };
  const id = digestOf({
    name: stage.name,
    approvers,
    ...(isByOwner && { owners: ownersKey }),
  }).slice(0, 16);
  const sofar = stages.get(id);
  stages.set(id, {
    id,
    name: stage.name,
    approvers,
    count: Math.max(sofar?.count ?? 0, stage.count),
    accountIds: isByOwner
      ? sortedUnion([...(sofar?.accountIds ?? []), atom.accountId])
      : [],
    because: sortedUnion([...(sofar?.because ?? []), because]),
  });
}

function shortestOf(durations: string[]): string | null {
  let shortest: string | null = null;
  for (const duration of durations) {
    if (shortest === null || secondsOf(duration) < secondsOf(shortest)) {
      shortest = duration;
    }
  }
  return shortest;
}

function secondsOf(duration: string): number {
  return Duration.fromISO(duration).as('seconds');
}

/** The order of rules means nothing, so it is not in their digest. */
function rulesDigestOf(policy: AwsAccessConfig['policy']): string {
  return digestOf({
    defaultStage: policy.defaultStage,
    rules: policy.rules.map(rule => digestOf(rule)).sort(),
  });
}

function sortedUnion<T extends string>(values: T[]): T[] {
  return [...new Set(values)].sort();
}

import { RE2JS } from 're2js';
import { PolicyRule } from '../config/AwsAccessConfig';
import { Fact } from '../facts/Fact';
import { PolicyAtom } from './PolicyAtom';

/** `maybe`: a fact that the rule asks for is not known. */
export type RuleMatch = 'yes' | 'maybe' | 'no';

/** Whether the rule is about the atom: all that it names must match. */
export function matchRule(
  match: PolicyRule['match'],
  atom: PolicyAtom,
): RuleMatch {
  const parts: RuleMatch[] = [
    matchFact(match.environments, atom.environment),
    matchFact(match.accessLevels, atom.accessLevel),
    matchValue(match.accounts, atom.accountId),
    matchValue(match.teams, atom.teamRef),
    matchPatterns(match.permissionSets, atom.permissionSetName),
    match.temporary === undefined || match.temporary === atom.temporary
      ? 'yes'
      : 'no',
  ];
  if (parts.includes('no')) return 'no';
  return parts.includes('maybe') ? 'maybe' : 'yes';
}

function matchFact<T>(wanted: T[] | undefined, fact: Fact<T>): RuleMatch {
  if (!wanted) return 'yes';
  if (!fact.known) return 'maybe';
  return wanted.includes(fact.value) ? 'yes' : 'no';
}

function matchValue<T>(wanted: T[] | undefined, value: T): RuleMatch {
  return !wanted || wanted.includes(value) ? 'yes' : 'no';
}

function matchPatterns(
  patterns: string[] | undefined,
  name: string,
): RuleMatch {
  return !patterns ||
    patterns.some(pattern => RE2JS.compile(pattern).matches(name))
    ? 'yes'
    : 'no';
}

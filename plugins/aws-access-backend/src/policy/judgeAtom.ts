import { PolicyConfig, PolicyRule } from '../config/policySchema';
import { matchRule, RuleMatch } from './matchRule';
import { PolicyAtom } from './PolicyAtom';

/** What the rules say of one effect. */
export interface AtomJudgement {
  /** The rules that are, or may be, about it. */
  matches: Array<RuleMatch & { rule: PolicyRule }>;
  /** A rule with autoApprove is definitely about it, and counts. */
  isAutoApproved: boolean;
  /** A rule that names approvers is definitely about it. */
  isAsked: boolean;
}

/**
 * Asks every rule about one effect. Pure.
 *
 * An effect of which anything is unknown is not approved by itself, whether or
 * not the rule asks for what is unknown (security rule 5); what an actor files
 * is not either, unless the rule names it (security rule 11), nor is an adoption,
 * unless the rule names that kind of change (security rule 18). So it is with what
 * carries nothing, such as a new group: a rule must have meant it.
 *
 * @param options.mayAutoApprove - false keeps rules with autoApprove from
 *   counting, for requests that a person must look at
 */
export function judgeAtom(
  policy: PolicyConfig,
  atom: PolicyAtom,
  options: { mayAutoApprove: boolean },
): AtomJudgement {
  const matches = policy.rules.flatMap(rule => {
    const match = matchRule(rule.match, atom);
    return match.verdict === 'no' ? [] : [{ rule, ...match }];
  });
  const definite = matches
    .filter(({ verdict }) => verdict === 'yes')
    .map(({ rule }) => rule);
  return {
    matches,
    isAutoApproved:
      options.mayAutoApprove &&
      isFullyKnown(atom) &&
      definite.some(
        rule =>
          rule.autoApprove &&
          (!atom.filedByActor || rule.match.filedByActor === true) &&
          (!(adopts(atom) || carriesNothing(atom)) ||
            rule.match.changes !== undefined),
      ),
    isAsked: definite.some(rule => rule.require),
  };
}

/** A rule that names kinds of changes matches only where it names all of them. */
function adopts({ changeKinds }: PolicyAtom): boolean {
  return changeKinds.some(kind => kind.startsWith('adopt'));
}

/** A group that has nothing: no account and no permission set is touched. */
function carriesNothing({ accountId, permissionSetName }: PolicyAtom): boolean {
  return accountId === null && permissionSetName === '';
}

function isFullyKnown(atom: PolicyAtom): boolean {
  return factsOf(atom).every(fact => fact.known);
}

function factsOf(atom: PolicyAtom): Array<{ known: boolean }> {
  if (carriesNothing(atom)) return [];
  return atom.accountId === null
    ? [atom.accessLevel]
    : [atom.environment, atom.owners, atom.accessLevel];
}

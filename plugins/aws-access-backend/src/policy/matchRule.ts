import { Severity, severitySchema } from 'backstage-plugin-aws-access-common';
import { PolicyRule } from '../config/AwsAccessConfig';
import { Fact } from '../facts/Fact';
import { compilePattern } from './compilePattern';
import { PolicyAtom } from './PolicyAtom';

/** Whether a rule is about an effect, and what keeps that from being sure. */
export interface RuleMatch {
  /** `maybe`: a fact that the rule asks for is not known. */
  verdict: 'yes' | 'maybe' | 'no';
  /** The facts that are not known, in plain words. */
  unknown: string[];
}

type Verdict = RuleMatch['verdict'];

/** One of the things that a rule names: its verdict, and why it is not sure. */
type Part = [verdict: Verdict, unknown: string];

const UNKNOWN_FINDINGS =
  'the findings: something that they rest on is not known';

/** Whether the rule is about the atom: all that it names must match. */
export function matchRule(
  match: PolicyRule['match'],
  atom: PolicyAtom,
): RuleMatch {
  const asksAccount =
    match.environments ??
    match.accounts ??
    match.organizationalUnits ??
    match.tags;
  const { accountId } = atom;
  if (accountId === null && asksAccount) return { verdict: 'no', unknown: [] };
  const parts: Part[] = [
    matchFact('the environment', match.environments, atom.environment),
    matchFact('the access level', match.accessLevels, atom.accessLevel),
    sure(accountId === null || includes(match.accounts, accountId)),
    matchUnits(match.organizationalUnits, atom.organizationalUnits),
    ...Object.entries(match.tags ?? {}).map(([key, patterns]) =>
      matchTag(key, patterns, atom.tags),
    ),
    sure(matchesOne(match.permissionSets, atom.permissionSetName)),
    sure(includes(match.teams, atom.teamRef)),
    sure(isSame(match.temporary, atom.temporary)),
    matchChanges(match.changes, atom.changeKinds),
    sure(isSame(match.filedByActor, atom.filedByActor)),
    matchFindingsFrom(match.findingsFrom, atom.findings),
    matchFindingsUpTo(match.findingsUpTo, atom.findings),
  ];
  if (parts.some(([verdict]) => verdict === 'no')) {
    return { verdict: 'no', unknown: [] };
  }
  const unknown = parts
    .filter(([verdict]) => verdict === 'maybe')
    .map(([, words]) => words);
  return { verdict: unknown.length > 0 ? 'maybe' : 'yes', unknown };
}

function sure(matches: boolean): Part {
  return [matches ? 'yes' : 'no', ''];
}

function includes<T>(wanted: T[] | undefined, value: T): boolean {
  return !wanted || wanted.includes(value);
}

function isSame(wanted: boolean | undefined, value: boolean | null): boolean {
  return wanted === undefined || wanted === value;
}

function matchesOne(patterns: string[] | undefined, text: string): boolean {
  return (
    !patterns || patterns.some(pattern => compilePattern(pattern).matches(text))
  );
}

function matchFact<T>(
  name: string,
  wanted: T[] | undefined,
  fact: Fact<T>,
): Part {
  if (!wanted) return sure(true);
  if (!fact.known) return ['maybe', `${name}: ${fact.reason}`];
  return sure(wanted.includes(fact.value));
}

/** Units hold what is in the units below them. */
function matchUnits(
  wanted: string[] | undefined,
  units: PolicyAtom['organizationalUnits'],
): Part {
  if (!wanted) return sure(true);
  if (!units.known) {
    return ['maybe', `the organizational unit: ${units.reason}`];
  }
  const path: string[] = [];
  const known = units.value.flatMap(({ id, name }) => {
    path.push(name);
    return [id, path.join('/')];
  });
  return sure(wanted.some(unit => known.includes(unit)));
}

/**
 * An account without the tag may be anything: otherwise taking a tag off would
 * ask for less.
 */
function matchTag(
  key: string,
  patterns: string[],
  tags: PolicyAtom['tags'],
): Part {
  return Object.hasOwn(tags, key)
    ? sure(matchesOne(patterns, tags[key]))
    : ['maybe', `the tag '${key}': the account has none`];
}

/**
 * Any of the kinds will do for a rule that asks for something; a rule with
 * autoApprove needs all of them, or a further change would ride along.
 */
function matchChanges(wanted: string[] | undefined, kinds: string[]): Part {
  if (!wanted) return sure(true);
  const others = kinds.filter(kind => !wanted.includes(kind));
  if (others.length === 0) return sure(true);
  return others.length < kinds.length
    ? ['maybe', `the request also has changes of kind ${others.join(', ')}`]
    : sure(false);
}

function matchFindingsFrom(
  from: Severity | undefined,
  { worst, isComplete }: PolicyAtom['findings'],
): Part {
  if (!from) return sure(true);
  if (rank(worst) >= rank(from)) return sure(true);
  return isComplete ? sure(false) : ['maybe', UNKNOWN_FINDINGS];
}

function matchFindingsUpTo(
  upTo: Severity | undefined,
  { worst, isComplete }: PolicyAtom['findings'],
): Part {
  if (!upTo) return sure(true);
  if (rank(worst) > rank(upTo)) return sure(false);
  return isComplete ? sure(true) : ['maybe', UNKNOWN_FINDINGS];
}

function rank(severity: Severity | null): number {
  return severity === null ? -1 : severitySchema.options.indexOf(severity);
}

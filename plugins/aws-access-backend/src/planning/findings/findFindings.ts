import { Severity } from 'backstage-plugin-aws-access-common';
import { findControlByAccounts, findControlBySets } from './findControl';
import { findEscalation } from './findEscalation';
import { findInAccounts } from './findInAccounts';
import { findInChanges } from './findInChanges';
import { findInPeople } from './findInPeople';
import { findInPolicies } from './findInPolicies';
import { findInScopes } from './findInScopes';
import { findInSettings } from './findInSettings';
import { findLevel } from './findLevel';
import {
  FindingAbout,
  FindingKind,
  FindingsContext,
  findingsContext,
  NAMES_NONE,
  PlanDraft,
  SetFindingKind,
} from './FindingsContext';

export { CONTROLS_THIS_PRODUCT } from './findControl';

/** What they find names permission sets alone. */
const SET_KINDS: readonly SetFindingKind[] = [
  findControlBySets,
  findLevel,
  findEscalation,
  findInPolicies,
  findInSettings,
  findInScopes,
];

const KINDS: readonly FindingKind[] = [
  findControlByAccounts,
  findInAccounts,
  findInPeople,
  findInChanges,
];

/** From the worst. */
const SEVERITIES: readonly Severity[] = ['high', 'medium', 'low', 'info'];

/**
 * What in a plan is worth an approver's eye, the worst first. Each finding has
 * an id of its kind and the object it is about, so that the same finding on
 * another object counts as new. Pure.
 */
export function findFindings(
  draft: PlanDraft,
  facts: FindingsContext['facts'],
): FindingAbout[] {
  const context = findingsContext(draft, facts);
  const findings = new Map<string, FindingAbout>();
  for (const finding of [
    ...SET_KINDS.flatMap(find => find(context)).map(found => ({
      ...found,
      about: NAMES_NONE,
    })),
    ...KINDS.flatMap(find => find(context)),
  ]) {
    const before = findings.get(finding.id);
    if (!before || rank(finding) < rank(before)) {
      findings.set(finding.id, finding);
    }
  }
  return [...findings.values()].sort(
    (one, other) => rank(one) - rank(other) || (one.id < other.id ? -1 : 1),
  );
}

function rank({ severity }: FindingAbout): number {
  return SEVERITIES.indexOf(severity);
}

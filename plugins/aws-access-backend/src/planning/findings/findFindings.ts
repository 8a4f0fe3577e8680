import { Finding, Severity } from 'backstage-plugin-aws-access-common';
import { findControl } from './findControl';
import { findEscalation } from './findEscalation';
import { findInAccounts } from './findInAccounts';
import { findInChanges } from './findInChanges';
import { findInPeople } from './findInPeople';
import { findInPolicies } from './findInPolicies';
import { findInScopes } from './findInScopes';
import { findInSettings } from './findInSettings';
import { findLevel } from './findLevel';
import {
  FindingKind,
  FindingsContext,
  findingsContext,
  PlanDraft,
} from './FindingsContext';

export { CONTROLS_THIS_PRODUCT } from './findControl';

const KINDS: readonly FindingKind[] = [
  findControl,
  findLevel,
  findEscalation,
  findInPolicies,
  findInSettings,
  findInAccounts,
  findInScopes,
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
): Finding[] {
  const context = findingsContext(draft, facts);
  const findings = new Map<string, Finding>();
  for (const finding of KINDS.flatMap(find => find(context))) {
    const before = findings.get(finding.id);
    if (!before || rank(finding) < rank(before)) {
      findings.set(finding.id, finding);
    }
  }
  return [...findings.values()].sort(
    (one, other) => rank(one) - rank(other) || (one.id < other.id ? -1 : 1),
  );
}

function rank({ severity }: Finding): number {
  return SEVERITIES.indexOf(severity);
}

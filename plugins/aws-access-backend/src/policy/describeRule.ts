import { PolicyRuleInWords } from 'backstage-plugin-aws-access-common';
import { PolicyRule } from '../config/policySchema';
import { StageConfig } from '../config/stageSchema';
import { changeKindLabel } from '../wording/changeKinds';
import { durationLabel } from '../wording/labels';

/** Approvers that the configuration names by a word instead of a ref. */
const APPROVERS: Readonly<Record<string, string>> = {
  accountOwner: 'the owners of the account',
  teamOwner: 'the leads of the team',
  systemOwner: 'the owners of the system',
  manager: 'the manager',
};

/** A rule for people who do not read its YAML. Pure. */
export function describeRule(rule: PolicyRule): PolicyRuleInWords {
  return {
    name: rule.name,
    when: whenOf(rule),
    does: describeWhatItDoes(rule),
  };
}

/** What a rule does, a sentence each. */
export function describeWhatItDoes(rule: PolicyRule): string[] {
  const does = (rule.require ?? []).map(
    stage => `asks ${describeStage(stage)}`,
  );
  if (rule.maxDuration)
    does.push(`allows at most ${durationLabel(rule.maxDuration)}`);
  if (rule.maxTotal) {
    does.push(
      `allows at most ${durationLabel(rule.maxTotal)} with all extensions`,
    );
  }
  if (rule.justification) {
    does.push(`wants in the justification: ${rule.justification.hint}`);
  }
  if (rule.ticket) {
    does.push(
      'hint' in rule.ticket
        ? `wants a ticket: ${rule.ticket.hint}`
        : 'wants a ticket',
    );
  }
  if (rule.deny) does.push(`denies: ${rule.deny}`);
  if (rule.autoApprove) does.push('approves it without asking');
  return does;
}

/** A stage as a phrase. */
export function describeStage(stage: StageConfig): string {
  const { name, approvers, count, order } = stage;
  const later = order > 1 ? `, in place ${order}` : '';
  return `${name} (${count} of ${approvers
    .map(approver => APPROVERS[approver] ?? approver)
    .join(', ')}${later})`;
}

function whenOf({ match }: PolicyRule): string[] {
  const when: string[] = [];
  const oneOf = (what: string, values: string[] | undefined) => {
    if (values) when.push(`${what} is ${values.join(' or ')}`);
  };
  oneOf('the environment', match.environments);
  oneOf('the access level', match.accessLevels);
  oneOf('the account', match.accounts);
  if (match.organizationalUnits) {
    when.push(`the account is in ${match.organizationalUnits.join(' or ')}`);
  }
  for (const [key, values] of Object.entries(match.tags ?? {})) {
    oneOf(`the tag '${key}'`, values);
  }
  oneOf('the permission set', match.permissionSets);
  oneOf('the team', match.teams);
  if (match.changes) {
    when.push(
      `the request is about ${match.changes.map(changeKindLabel).join(' or ')}`,
    );
  }
  if (match.temporary !== undefined) {
    when.push(match.temporary ? 'it has an end' : 'it has no end');
  }
  if (match.filedByActor !== undefined) {
    when.push(
      match.filedByActor
        ? 'something filed it for the person'
        : 'the person filed it',
    );
  }
  if (match.findingsFrom) {
    when.push(`a finding is ${match.findingsFrom} or worse`);
  }
  if (match.findingsUpTo) {
    when.push(`no finding is worse than ${match.findingsUpTo}`);
  }
  return when;
}

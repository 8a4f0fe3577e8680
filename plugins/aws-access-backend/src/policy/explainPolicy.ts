import { PolicyExplanation } from 'backstage-plugin-aws-access-common';
import { PolicyConfig } from '../config/policySchema';
import { describeWhatItDoes } from './describeRule';
import { defaultStageOf } from './evaluatePolicy';
import { judgeAtom } from './judgeAtom';
import { PolicyAtom } from './PolicyAtom';

/**
 * Says which rules are about which effects, and what is not known about them.
 * Pure.
 */
export function explainPolicy(
  policy: PolicyConfig,
  atoms: PolicyAtom[],
  options: { mayAutoApprove: boolean },
): PolicyExplanation {
  const groups = new Map<string, PolicyExplanation[number]>();
  for (const atom of atoms) {
    const { matches, isAutoApproved } = judgeAtom(policy, atom, options);
    const what = {
      permissionSet: atom.permissionSetName,
      rules: matches.map(({ rule, unknown }) => ({
        name: rule.name,
        unknown,
        does: describeWhatItDoes(rule),
      })),
      asksDefaultStage:
        Boolean(defaultStageOf(policy, atom)) && !isAutoApproved,
    };
    const key = JSON.stringify(what);
    const group = groups.get(key) ?? { accountIds: [], ...what };
    if (atom.accountId !== null && !group.accountIds.includes(atom.accountId)) {
      group.accountIds.push(atom.accountId);
    }
    groups.set(key, group);
  }
  return [...groups.values()];
}

import { PolicyOutcome } from '../../policy/PolicyOutcome';

/**
 * What the policy of today demands beyond what was approved; empty = nothing.
 * The rules that decided stay the minimum, so what they asked beyond today's is
 * of no interest here.
 */
export function asksMore(
  approved: PolicyOutcome,
  current: PolicyOutcome,
): string[] {
  const more = [...current.denials];
  for (const stage of current.stages) {
    const before = approved.stages.find(candidate => candidate.id === stage.id);
    const covers =
      before !== undefined &&
      before.count >= stage.count &&
      stage.accountIds.every(id => before.accountIds.includes(id));
    if (!covers) {
      more.push(
        `The policy now asks for the approval "${
          stage.name
        }" (${stage.because.join(', ')})`,
      );
    }
  }
  return more;
}

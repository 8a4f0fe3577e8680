import { PolicyOutcome } from '../policy/PolicyOutcome';
import { alternatesJoinAt } from './ApproverResolver';

/**
 * When the next alternates of a plan join its stages. Pure.
 *
 * @param after - a moment; only what is later counts
 * @returns ISO-8601; null = no more
 */
export function nextAlternatesAt(
  plan: {
    policy: Pick<PolicyOutcome, 'stages'>;
    computedAt: string;
    waitingSince?: string;
  },
  after: string = '',
): string | null {
  const moments = plan.policy.stages.flatMap(
    stage =>
      alternatesJoinAt(stage, plan.waitingSince ?? plan.computedAt) ?? [],
  );
  return moments.filter(moment => moment > after).sort()[0] ?? null;
}

import { PolicyOutcome } from '../policy/PolicyOutcome';
import { alternatesJoinAt } from './ApproverResolver';
import { openSince } from './openSince';

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
    openedAt?: Record<string, string>;
  },
  after: string = '',
): string | null {
  const { stages } = plan.policy;
  const waiting = {
    since: plan.waitingSince ?? plan.computedAt,
    openedAt: plan.openedAt,
  };
  const moments = stages.flatMap(stage => {
    const since = openSince(stage, stages, waiting);
    return (since && alternatesJoinAt(stage, since)) ?? [];
  });
  return moments.filter(moment => moment > after).sort()[0] ?? null;
}

import { RequiredStage } from '../policy/PolicyOutcome';

/**
 * Since when a stage waits for approvals: the first ones since the plan does,
 * later ones since they opened. Null = it has not opened. Pure.
 */
export function openSince(
  stage: Pick<RequiredStage, 'id' | 'order'>,
  stages: Array<Pick<RequiredStage, 'order'>>,
  waiting: { since: string; openedAt?: Record<string, string> },
): string | null {
  const first = Math.min(...stages.map(({ order }) => order ?? 1));
  return (stage.order ?? 1) === first
    ? waiting.since
    : waiting.openedAt?.[stage.id] ?? null;
}

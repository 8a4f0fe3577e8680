import { RequiredStage } from '../../policy/PolicyOutcome';

/**
 * The stages of both: the larger count, all accounts and all reasons. A narrower
 * plan keeps every stage of the wider one and adds its own, so that narrowing
 * never gets around anybody (security rule 2). Pure.
 */
export function mergeStages(
  one: RequiredStage[],
  other: RequiredStage[],
): RequiredStage[] {
  const merged = new Map(one.map(stage => [stage.id, stage]));
  for (const stage of other) {
    const before = merged.get(stage.id);
    merged.set(
      stage.id,
      before
        ? {
            ...before,
            count: Math.max(before.count, stage.count),
            order: Math.max(before.order ?? 1, stage.order ?? 1),
            accountIds: union(before.accountIds, stage.accountIds),
            because: union(before.because, stage.because),
          }
        : stage,
    );
  }
  return [...merged.values()];
}

function union(one: string[], other: string[]): string[] {
  return [...new Set([...one, ...other])].sort();
}

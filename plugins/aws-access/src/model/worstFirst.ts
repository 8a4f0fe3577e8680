import { Severity } from 'backstage-plugin-aws-access-common';

const RANK: Record<Severity, number> = { high: 0, medium: 1, low: 2, info: 3 };

/** Sorted by severity, worst first; equal severities keep their order. */
export function worstFirst<T extends { severity: Severity }>(
  items: readonly T[],
): T[] {
  return [...items].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}

import { Change } from 'backstage-plugin-aws-access-common';

/**
 * How many times a request names somebody for something directly: every person of
 * a change with every account of it. Known before a plan is drafted, and so what
 * keeps a small text from becoming a million paths (security rule 33). Pure.
 */
export function countDirectPaths(changes: Change[]): number {
  return changes.reduce(
    (sum, change) =>
      change.kind === 'elevation' || change.kind === 'removeElevation'
        ? sum + change.people.length * change.accounts.accountIds.length
        : sum,
    0,
  );
}

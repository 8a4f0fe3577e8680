import {
  Freshness,
  InventoryPart,
  InventoryPartStatus,
} from 'backstage-plugin-aws-access-common';
import { Duration } from 'luxon';
import { PairCoverage } from './InventoryRotation';

/** The parts of one organization, and from when on it calls them stale. */
export interface PartsOfOrganization {
  parts: InventoryPartStatus[];
  /** ISO-8601. */
  staleAfter: string;
  /** How far assignments made directly to people were read, where it matters. */
  directAssignments?: PairCoverage;
}

/**
 * The age and completeness of an answer: those of the worst part it rests on.
 *
 * @param now - ISO-8601
 */
export function freshnessOf(
  organizations: PartsOfOrganization[],
  needed: readonly InventoryPart[],
  now: string,
): Freshness {
  const relevant = organizations.map(
    ({ parts, staleAfter, directAssignments }) => ({
      staleAfter,
      parts: parts
        .filter(({ part }) => needed.includes(part))
        .map(status => withUnread(status, directAssignments)),
    }),
  );
  return {
    asOf: oldest(relevant.flatMap(({ parts }) => parts)),
    complete: relevant.every(({ parts }) =>
      parts.every(({ complete }) => complete),
    ),
    stale: relevant.some(({ parts, staleAfter }) =>
      isStale(oldest(parts), staleAfter, now),
    ),
    parts: needed.map(part =>
      worst(
        part,
        relevant.flatMap(({ parts }) =>
          parts.filter(status => status.part === part),
        ),
      ),
    ),
  };
}

/** What is read in turns is not complete before each has had its first. */
function withUnread(
  status: InventoryPartStatus,
  coverage: PairCoverage | undefined,
): InventoryPartStatus {
  const { part, complete } = status;
  if (part !== 'assignments' || !complete || !coverage?.unread) return status;
  const { pairs, unread } = coverage;
  return {
    ...status,
    complete: false,
    reason: `Complete but for direct assignments: ${unread} of ${pairs} pairs of account and permission set not yet read`,
    unread: { count: unread, of: pairs },
  };
}

function worst(
  part: InventoryPart,
  statuses: InventoryPartStatus[],
): InventoryPartStatus {
  // One that failed says more than one that goes on.
  const broken =
    statuses.find(({ complete, unread }) => !complete && !unread) ??
    statuses.find(({ complete }) => !complete);
  return {
    part,
    asOf: oldest(statuses),
    complete: !broken,
    reason: broken?.reason ?? null,
    ...(broken?.unread && { unread: broken.unread }),
  };
}

/** Null when one was never read. */
function oldest(statuses: InventoryPartStatus[]): string | null {
  const moments = statuses.map(({ asOf }) => asOf);
  return moments.length === 0 || moments.includes(null)
    ? null
    : (moments as string[]).sort()[0];
}

function isStale(asOf: string | null, staleAfter: string, now: string) {
  if (asOf === null) return true;
  const age = Date.parse(now) - Date.parse(asOf);
  return age > Duration.fromISO(staleAfter).as('milliseconds');
}

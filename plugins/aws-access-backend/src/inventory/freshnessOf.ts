import {
  Freshness,
  InventoryPart,
  InventoryPartStatus,
} from 'backstage-plugin-aws-access-common';
import { Duration } from 'luxon';

/** The parts of one organization, and from when on it calls them stale. */
export interface PartsOfOrganization {
  parts: InventoryPartStatus[];
  /** ISO-8601. */
  staleAfter: string;
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
  const relevant = organizations.map(({ parts, staleAfter }) => ({
    staleAfter,
    parts: parts.filter(({ part }) => needed.includes(part)),
  }));
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

function worst(
  part: InventoryPart,
  statuses: InventoryPartStatus[],
): InventoryPartStatus {
  return {
    part,
    asOf: oldest(statuses),
    complete: statuses.every(({ complete }) => complete),
    reason: statuses.find(({ reason }) => reason !== null)?.reason ?? null,
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

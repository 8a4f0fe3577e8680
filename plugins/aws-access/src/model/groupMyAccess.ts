import {
  AccessEntry,
  Holder,
  RequestSummary,
} from 'backstage-plugin-aws-access-common';
import { isFinal, isOnItsWay } from './requestStates';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

/** How long a request that is over stays on the page. */
const REMEMBERED_MS = 14 * DAY;

/** Access of one person, with that person's own part of it. */
export interface MyEntry {
  entry: AccessEntry;
  /** How far it has come; `usable` when the server names no holder. */
  reach: Holder['reach'];
  /** The request behind it, when it is one of mine. */
  request: RequestSummary | undefined;
}

/** What one person has, gets and had. */
export interface MyAccessGroups {
  usable: MyEntry[];
  /** In Entra already, in AWS not yet, with no request that says so. */
  arriving: MyEntry[];
  onItsWay: RequestSummary[];
  endingSoon: MyEntry[];
  recentlyEnded: RequestSummary[];
}

/** Sorts what the server knows about one person into what it means to them. */
export function groupMyAccess(
  entries: readonly AccessEntry[],
  requests: readonly RequestSummary[],
  now: number,
): MyAccessGroups {
  const byId = new Map(requests.map(request => [request.id, request]));
  const mine = entries.map(entry => ({
    entry,
    reach: entry.holders[0]?.reach ?? 'usable',
    request: entry.requestId ? byId.get(entry.requestId) : undefined,
  }));
  const usable = mine
    .filter(({ reach }) => reach !== 'arriving')
    .sort((a, b) => compareEntries(a.entry, b.entry));
  return {
    usable,
    arriving: mine.filter(
      ({ reach, request }) =>
        reach === 'arriving' && !(request && isOnItsWay(request.state)),
    ),
    onItsWay: requests.filter(request => isOnItsWay(request.state)),
    endingSoon: usable
      .filter(({ entry, request }) => isEndingSoon(entry, request, now))
      .sort((a, b) => a.entry.until!.localeCompare(b.entry.until!)),
    recentlyEnded: requests.filter(
      request =>
        (isFinal(request.state) || request.state === 'ending') &&
        now - Date.parse(request.updatedAt) < REMEMBERED_MS,
    ),
  };
}

/** A day before the end, or the last quarter of access that is shorter. */
export function isEndingSoon(
  entry: AccessEntry,
  request: Pick<RequestSummary, 'startsAt' | 'endsAt'> | undefined,
  now: number,
): boolean {
  if (!entry.until) return false;
  const total =
    request?.startsAt && request.endsAt
      ? Date.parse(request.endsAt) - Date.parse(request.startsAt)
      : Infinity;
  const left = Date.parse(entry.until) - now;
  return left > 0 && left < Math.min(DAY, total / 4);
}

function compareEntries(a: AccessEntry, b: AccessEntry) {
  return (
    a.account.name.localeCompare(b.account.name) ||
    a.permissionSet.name.localeCompare(b.permissionSet.name)
  );
}

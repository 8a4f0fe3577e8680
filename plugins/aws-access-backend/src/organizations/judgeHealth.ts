import {
  INVENTORY_PARTS,
  InventoryPart,
  InventoryPartStatus,
  Organization,
  WriteStop,
} from 'backstage-plugin-aws-access-common';
import { DateTime } from 'luxon';
import { CloudError } from '../clouds/CloudError';
import { CredentialsReport } from '../clouds/CredentialsCheck';
import { freshnessOf } from '../inventory/freshnessOf';
import { describeStop } from '../operations/describeStop';

/** What is known of an organization. */
export interface HealthFacts {
  /** Whether both clouds have ever said who they are. */
  isContacted: boolean;
  held: { reason: string; since: string | null } | null;
  /** Where it is not `on`, nothing that was given is taken away. */
  writes: Organization['writes'];
  /** Requests that hold access, and those of them that should not any more. */
  holding: { requests: number; overdueRequests: number };
  stops: WriteStop[];
  parts: InventoryPartStatus[];
  /** From when on the inventory is stale, ISO-8601 duration. */
  staleAfter: string;
  credentials: CredentialsReport | undefined;
  /** When access should have ended that is late; null = none is. */
  overdueSince: string | null;
  /** Since when a request is stuck; null = none is. */
  stuckSince: string | null;
  /** Since when people who seem to have left wait for an operator; null = none do. */
  leaversHeldSince: string | null;
  /** By the database's clock, ISO-8601. */
  now: string;
}

/** In one word how it is, why, since when, and what mends it. */
export type Health = Required<
  Pick<Organization, 'health' | 'reason' | 'nextStep' | 'since'>
>;

const PARTS_OF: Record<'aws' | 'entra', readonly InventoryPart[]> = {
  aws: ['accounts', 'permissionSets', 'assignments', 'identityStore'],
  entra: ['entraUsers', 'entraGroups', 'enterpriseApplication'],
};

/** A certificate that ends sooner is worth a look today. */
const SOON_DAYS = 30;

const WAIT =
  'It is tried again every few minutes. If it lasts, look at the configuration, the network of the portal and its log.';
const SLOWER =
  'Nothing is lost, it only takes longer. If it lasts, lower limits.requestsPerSecond, or find out who else calls the cloud so often.';

const isMissing = ({ complete }: InventoryPartStatus) => !complete;

/**
 * Says how an organization is: of all that is wrong, the worst. Pure.
 *
 * Reasons are for who reads operations; others are told in general words.
 */
export function judgeHealth(facts: HealthFacts): Health {
  return (
    findDown(facts) ??
    findHeld(facts) ??
    findStopped(facts) ??
    findDegraded(facts) ?? {
      health: 'ok',
      reason: null,
      nextStep: null,
      since: null,
    }
  );
}

function findDown(facts: HealthFacts): Health | undefined {
  for (const cloud of ['aws', 'entra'] as const) {
    const report = facts.credentials?.[cloud];
    if (report?.problem && !isThrottling(report.problem)) {
      return {
        health: 'down',
        reason: report.problem.message,
        nextStep: stepAfter(report.problem, cloud),
        since: report.since,
      };
    }
    const parts = partsOf(facts, cloud);
    // Without a look at the credentials, and with nothing of the cloud read.
    if (!report && parts.length > 0 && parts.every(isMissing)) {
      return {
        health: 'down',
        reason: reasonOf(parts) ?? 'Nothing of the cloud could be read',
        nextStep: WAIT,
        since: newest(parts),
      };
    }
  }
  if (facts.isContacted) return undefined;
  return {
    health: 'down',
    reason: reasonOf(facts.parts) ?? 'Its clouds have not been read yet',
    nextStep: WAIT,
    since: null,
  };
}

function findHeld({ held }: HealthFacts): Health | undefined {
  return held
    ? {
        health: 'held',
        reason: held.reason,
        nextStep:
          'Nothing is written until they are the same again. Put the credentials and ids in the configuration right, or give this portal the database that belongs to these clouds.',
        since: held.since,
      }
    : undefined;
}

function findStopped({ stops }: HealthFacts): Health | undefined {
  const reason = describeStop(stops, 'grant');
  if (!reason) return undefined;
  const stop = stops.find(({ kind }) => kind === 'everything') ?? stops[0];
  return {
    health: 'stopped',
    reason,
    nextStep:
      'It ends by itself. An operator may resume it earlier, when the cause is gone.',
    since: stop.since,
  };
}

function findDegraded(facts: HealthFacts): Health | undefined {
  const { overdueSince, leaversHeldSince, stuckSince } = facts;
  const { parts, staleAfter, now, credentials } = facts;
  const degraded = (
    reason: string,
    nextStep: string,
    since: string | null,
  ): Health => ({ health: 'degraded', reason, nextStep, since });

  if (facts.writes !== 'on' && facts.holding.requests > 0) {
    const { requests, overdueRequests } = facts.holding;
    return degraded(
      `Writes are ${facts.writes}: ${requests} ${
        requests === 1 ? 'request holds' : 'requests hold'
      } access, ${overdueRequests} of them past their end; nothing is taken away`,
      'Set writes: on, and what is past its end is taken away at once. Otherwise take it away in the clouds by hand.',
      overdueSince,
    );
  }
  if (overdueSince) {
    return degraded(
      'There is access past its end that could not be taken away yet',
      'It is tried for ever. Operations shows what keeps it; mend that.',
      overdueSince,
    );
  }
  if (leaversHeldSince) {
    return degraded(
      'Many people seem to have left Entra at once, and what they have has not ended',
      'Look in Entra whether they have, then let it end on the operations page. If they have not, it passes by itself.',
      leaversHeldSince,
    );
  }
  if (stuckSince) {
    return degraded(
      'A request is stuck until a person looks at it',
      'Operations shows the step that failed and why. Mend that, then try again on the page of the request.',
      stuckSince,
    );
  }
  for (const cloud of ['aws', 'entra'] as const) {
    const report = credentials?.[cloud];
    if (report?.problem) {
      return degraded(report.problem.message, SLOWER, report.since);
    }
  }
  const { complete, stale, asOf } = freshnessOf(
    [{ parts, staleAfter }],
    INVENTORY_PARTS,
    now,
  );
  if (!complete) {
    const missing = parts.filter(isMissing);
    return degraded(
      reasonOf(missing) ?? 'A part of the inventory could not be read',
      'It is read again at the next refresh, or when somebody who runs the portal refreshes now. Where a right is missing, grant it.',
      newest(missing),
    );
  }
  if (stale) {
    return degraded(
      'The inventory is older than it may be',
      'Refresh it now. If that does not help, look whether the backend runs and what it logs.',
      asOf,
    );
  }
  const expiresAt = credentials?.entra.expiresAt;
  const days = expiresAt
    ? Math.floor(
        DateTime.fromISO(expiresAt).diff(DateTime.fromISO(now)).as('days'),
      )
    : Infinity;
  return days <= SOON_DAYS
    ? degraded(
        `The certificate for Microsoft Entra ID ends ${inDays(
          days,
        )}, on ${expiresAt!.slice(0, 10)}`,
        'Make a new one, add it to the application in Microsoft Entra ID, and put it with its key in place of the old one. No restart is needed.',
        null,
      )
    : undefined;
}

function stepAfter(problem: CloudError, cloud: 'aws' | 'entra'): string {
  switch (problem.kind) {
    case 'retryLater':
      return 'Requests wait and go on by themselves. If it lasts, look at the status page of the cloud and at the network of the portal.';
    case 'credentials':
      return `Put ${cloud}.credentials right, or what they stand for in the cloud. Requests wait meanwhile and go on by themselves; nobody has to retry them.`;
    default:
      return `Put ${cloud}.credentials and the rights behind them right. The portal tries again every few minutes.`;
  }
}

function isThrottling({ code }: CloudError): boolean {
  return /throttl|toomanyrequests|429/i.test(code);
}

function partsOf({ parts }: HealthFacts, cloud: 'aws' | 'entra') {
  return parts.filter(({ part }) => PARTS_OF[cloud].includes(part));
}

function reasonOf(parts: InventoryPartStatus[]): string | undefined {
  return parts.find(({ reason }) => reason !== null)?.reason ?? undefined;
}

/** Until when at least something of them could be read. */
function newest(parts: InventoryPartStatus[]): string | null {
  return (
    parts
      .flatMap(({ asOf }) => asOf ?? [])
      .sort()
      .at(-1) ?? null
  );
}

function inDays(days: number): string {
  if (days < 1) return 'today';
  return days === 1 ? 'in 1 day' : `in ${days} days`;
}

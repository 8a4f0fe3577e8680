import { Stores } from '../database/Stores';
import { RequestRow } from '../requests/stores/RequestStore';
import { endAccess } from './endAccess';
import { LeaseObject, LeaseRow } from './LeaseStore';

const GIVING: ReadonlyArray<LeaseObject['kind']> = [
  'membership',
  'accountAssignment',
  'userAssignment',
  'permissionSet',
];

/**
 * Whether what the lease is on is worth something by itself: a group or a place in
 * the enterprise application gives nobody anything.
 */
export function gives({ object }: Pick<LeaseRow, 'object'>): boolean {
  return GIVING.includes(object.kind);
}

/**
 * An approved removal takes objects away from everybody: in the transaction that
 * records it, the leases of other requests on them end, and those requests say
 * so. A request that gives nothing any more ends. Who is taking the objects away
 * already at the end of their own reason is noted to have lost them, too.
 *
 * @param options.request - the one that removes
 * @param options.objectKeys - what it removes
 */
export async function endLeasesOfOthers(
  stores: Stores,
  options: { request: RequestRow; objectKeys: string[] },
): Promise<void> {
  const { request, objectKeys } = options;
  const taken = await stores.leases.listOtherHoldersWithin(
    request.organizationId,
    objectKeys,
    request.id,
  );
  const ending = await stores.leases.listEndingWithin(
    request.organizationId,
    objectKeys,
    request.id,
  );
  await stores.leases.take(
    ending.map(lease => lease.id),
    request.id,
  );
  // In one order, so that two removals never wait for each other.
  const losers = [...new Set(taken.map(lease => lease.requestId))].sort();
  for (const id of losers) {
    await stores.provisioning.lockRequest(id);
    await takeFrom(
      stores,
      request,
      (await stores.requests.get(id))!,
      taken.filter(lease => lease.requestId === id),
    );
  }
}

async function takeFrom(
  stores: Stores,
  request: RequestRow,
  loser: RequestRow,
  leases: LeaseRow[],
): Promise<void> {
  await stores.leases.take(
    leases.map(lease => lease.id),
    request.id,
  );
  const text = `Request ${request.number} takes away, as it was approved, ${
    leases.length === 1 ? 'one thing' : `${leases.length} things`
  } that this request gave`;
  await stores.requests.appendTimeline({
    requestId: loser.id,
    kind: 'stateChanged',
    actorRef: null,
    text,
  });
  await stores.audit.append({
    organizationId: loser.organizationId,
    kind: 'lease.taken-away',
    actor: null,
    requestId: loser.id,
    data: {
      byRequestId: request.id,
      objects: leases.map(lease => lease.objectKey),
    },
  });
  const rest = await stores.leases.listOfRequest(loser.id);
  const goesOn = rest.some(lease => lease.endedAt === null && gives(lease));
  // What is not active is being set up, and its own steps will say what became
  // of it, or ends already.
  if (goesOn || loser.state !== 'active') return;
  await endAccess(stores, {
    request: loser,
    actorRef: null,
    kind: 'stateChanged',
    text: 'It gives nothing any more',
    auditData: { byRequestId: request.id },
  });
}

import { randomUUID } from 'node:crypto';
import { Stores } from '../database/Stores';
import { RequestRow } from '../requests/stores/RequestStore';
import { LeaseObject, leaseObjectKey, NewLease } from './LeaseStore';

/**
 * Makes the request a reason for objects, in the caller's transaction and with an
 * audit row. What it is a reason for already stays as it is.
 *
 * @param request - with the start and end that it really has
 * @param stepId - the step that has seen or is about to make them; left out = the
 *   request relies on them from its start
 */
export async function beginLeases(
  stores: Stores,
  request: RequestRow,
  objects: LeaseObject[],
  stepId?: string,
): Promise<void> {
  const begun: string[] = [];
  for (const object of objects) {
    const inserted = await stores.leases.insert(leaseOf(request, object));
    if (inserted) begun.push(leaseObjectKey(object));
  }
  if (begun.length === 0) return;
  await stores.audit.append({
    organizationId: request.organizationId,
    kind: 'lease.begun',
    actor: null,
    requestId: request.id,
    data: {
      objects: begun,
      ...(stepId && { stepId }),
      endsAt: request.endsAt,
    },
  });
}

/** A lease of the request on the object, before it is stored. */
export function leaseOf(request: RequestRow, object: LeaseObject): NewLease {
  return {
    id: randomUUID(),
    organizationId: request.organizationId,
    requestId: request.id,
    objectKey: leaseObjectKey(object),
    object,
    teamRef: request.teamRef,
    startsAt: request.startsAt!,
    endsAt: request.endsAt,
  };
}

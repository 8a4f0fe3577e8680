import { Stores } from '../../database/Stores';
import { LeaseObject, leaseObjectKey } from '../../leases/LeaseStore';
import { provesOurs } from '../../provisioning/running/writeEffect';
import { assignmentKey, membershipKey } from '../objects/objectKeys';
import { PlanFacts } from '../facts/PlanFacts';
import { PlanInput } from '../RequestPlanner';

/**
 * Which of the objects in a plan's picture are there only for a time: this
 * product made them, and no live lease without an end is on them. Taking them for
 * standing would let a request prolong access without anybody's agreement
 * (security rules 1 and 26): its own objects, and just as well another way to the
 * same access, beside which what it gives would look like nothing.
 */
export async function findEndingObjects(
  {
    organizationId,
    requestId,
  }: Pick<PlanInput, 'organizationId' | 'requestId'>,
  facts: Pick<PlanFacts, 'groups' | 'directHolders'>,
  stores: Pick<Stores, 'leases' | 'provisioning'>,
): Promise<Set<string>> {
  const present = objectsOf(facts);
  if (present.size === 0) return new Set();

  const leases = await stores.leases.listLive(organizationId);
  const standing = new Set(
    leases
      .filter(lease => lease.endsAt === null && lease.requestId !== requestId)
      .map(lease => lease.objectKey),
  );
  const perhaps = [...present].filter(
    ([, objectKey]) => !standing.has(objectKey),
  );
  const intents = await stores.provisioning.intents.listOfObjects(
    organizationId,
    perhaps.map(([, objectKey]) => objectKey),
  );
  return new Set(
    perhaps
      .filter(([, objectKey]) => provesOurs(intents.get(objectKey) ?? []))
      .map(([key]) => key),
  );
}

/** The keys by which leases know what is there, by their keys in the plan. */
function objectsOf({
  groups,
  directHolders,
}: Pick<PlanFacts, 'groups' | 'directHolders'>): Map<string, string> {
  const found = new Map<string, string>();
  const add = (key: string, object: LeaseObject) =>
    found.set(key, leaseObjectKey(object));
  for (const group of groups.values()) {
    const { groupId: entraGroupId, memberIds, storeGroupId } = group;
    for (const entraUserId of memberIds) {
      add(membershipKey(entraGroupId, entraUserId), {
        kind: 'membership',
        entraGroupId,
        entraUserId,
      });
    }
    if (!storeGroupId) continue;
    for (const of of group.assignments) {
      add(assignmentKey(entraGroupId, of.accountId, of.permissionSetArn), {
        kind: 'accountAssignment',
        ...of,
        entraGroupId,
        storeGroupId,
      });
    }
  }
  for (const [permissionSetArn, holders] of directHolders) {
    for (const {
      principalType,
      principalId,
      accountId,
      ...holder
    } of holders) {
      const [entraUserId] = holder.entraUserIds;
      if (principalType !== 'USER' || entraUserId === undefined) continue;
      add(assignmentKey(entraUserId, accountId, permissionSetArn), {
        kind: 'userAssignment',
        accountId,
        permissionSetArn,
        entraUserId,
        storeUserId: principalId,
      });
    }
  }
  return found;
}

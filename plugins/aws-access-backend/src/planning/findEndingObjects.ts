import { Stores } from '../database/Stores';
import { LeaseObject, leaseObjectKey } from '../leases/LeaseStore';
import { CatalogPerson } from '../people/PersonDirectory';
import { isMadeByUs } from './isMadeByUs';
import { assignmentKey, membershipKey } from './objectKeys';
import { PlanFacts } from './PlanFacts';
import { PlanInput } from './RequestPlanner';

/**
 * Which of the objects that a request wants are there only for a time: this
 * product made them, and no live lease without an end is on them. Taking them
 * for standing would let a request prolong access without anybody's agreement
 * (security rules 1 and 26).
 */
export async function findEndingObjects(
  { organizationId, requestId, changes }: PlanInput,
  facts: Pick<PlanFacts, 'groups' | 'directHolders'>,
  people: Map<string, CatalogPerson>,
  stores: Pick<Stores, 'leases' | 'provisioning'>,
): Promise<Set<string>> {
  const wanted = new Map<string, LeaseObject>();
  for (const change of changes) {
    const ids =
      'people' in change
        ? change.people.flatMap(ref => people.get(ref)?.entraUserId ?? [])
        : [];
    if (change.kind === 'membership') {
      const { entraGroupId } = change.accessGroup;
      const members = facts.groups.get(entraGroupId)?.memberIds ?? [];
      for (const entraUserId of ids.filter(id => members.includes(id))) {
        wanted.set(membershipKey(entraGroupId, entraUserId), {
          kind: 'membership',
          entraGroupId,
          entraUserId,
        });
      }
    }
    if (change.kind === 'assignment' && 'entraGroupId' in change.accessGroup) {
      const group = facts.groups.get(change.accessGroup.entraGroupId);
      if (!group?.storeGroupId) continue;
      const { groupId: entraGroupId, storeGroupId } = group;
      for (const of of group.assignments) {
        const { accountId, permissionSetArn } = of;
        wanted.set(assignmentKey(entraGroupId, accountId, permissionSetArn), {
          kind: 'accountAssignment',
          ...of,
          entraGroupId,
          storeGroupId,
        });
      }
    }
    if (change.kind === 'elevation') {
      const { arn: permissionSetArn } = change.permissionSet;
      for (const holder of facts.directHolders.get(permissionSetArn) ?? []) {
        const entraUserId = holder.entraUserIds[0];
        if (holder.principalType !== 'USER' || !ids.includes(entraUserId)) {
          continue;
        }
        const { accountId } = holder;
        wanted.set(assignmentKey(entraUserId, accountId, permissionSetArn), {
          kind: 'userAssignment',
          accountId,
          permissionSetArn,
          entraUserId,
          storeUserId: holder.principalId,
        });
      }
    }
  }
  if (wanted.size === 0) return new Set();

  const leases = await stores.leases.listLive(organizationId);
  const standing = new Set(
    leases
      .filter(lease => lease.endsAt === null && lease.requestId !== requestId)
      .map(lease => lease.objectKey),
  );
  const ending = new Set<string>();
  for (const [key, object] of wanted) {
    const objectKey = leaseObjectKey(object);
    if (standing.has(objectKey)) continue;
    if (await isMadeByUs(stores, organizationId, objectKey)) ending.add(key);
  }
  return ending;
}

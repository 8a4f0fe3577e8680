import { Stores } from '../../database/Stores';
import { LeaseObject, leaseObjectKey } from '../../leases/LeaseStore';
import { provesOurs } from '../../provisioning/running/writeEffect';
import {
  applicationKey,
  assignmentKey,
  membershipKey,
} from '../objects/objectKeys';
import { PlanFacts } from './PlanFacts';

/**
 * What of the groups this product has made or adopted already, by the keys of a
 * plan's objects: it has reasons and ends of its own.
 */
export async function findOwnParts(
  organizationId: string,
  groupIds: string[],
  groups: PlanFacts['groups'],
  stores: Pick<Stores, 'provisioning'>,
): Promise<Set<string>> {
  const parts = new Map<string, LeaseObject>();
  for (const entraGroupId of groupIds) {
    const group = groups.get(entraGroupId);
    if (!group) continue;
    parts.set(applicationKey(entraGroupId), {
      kind: 'applicationAssignment',
      entraGroupId,
    });
    for (const entraUserId of group.memberIds) {
      parts.set(membershipKey(entraGroupId, entraUserId), {
        kind: 'membership',
        entraGroupId,
        entraUserId,
      });
    }
    const { storeGroupId } = group;
    if (storeGroupId === null) continue;
    for (const of of group.assignments) {
      const { accountId, permissionSetArn } = of;
      parts.set(assignmentKey(entraGroupId, accountId, permissionSetArn), {
        kind: 'accountAssignment',
        ...of,
        entraGroupId,
        storeGroupId,
      });
    }
  }
  const objectKeys = [...parts.values()].map(leaseObjectKey);
  const intents = await stores.provisioning.intents.listOfObjects(
    organizationId,
    objectKeys,
  );
  return new Set(
    [...parts]
      .filter(([, object]) =>
        provesOurs(intents.get(leaseObjectKey(object)) ?? []),
      )
      .map(([key]) => key),
  );
}

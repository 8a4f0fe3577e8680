import { PlanObject } from 'backstage-plugin-aws-access-common';
import { AccessEdges } from '../effects/AccessEdges';
import { membershipKey } from './objectKeys';
import { PlanContext } from '../PlanContext';
import { MembershipDocument } from './planDocuments';

/** People who are put into groups that exist. Pure. */
export function planMemberships(
  context: PlanContext,
  edges: AccessEdges,
): PlanObject[] {
  return context.changesOf('membership').flatMap(({ change }) => {
    const groupId = change.accessGroup.entraGroupId;
    const group = context.facts.groups.get(groupId);
    if (!group) return [];
    return context.idsOf(change.people).map((entraUserId): PlanObject => {
      const key = membershipKey(groupId, entraUserId);
      const isThere =
        group.memberIds.includes(entraUserId) &&
        !context.facts.endingObjects.has(key);
      if (!isThere) {
        edges.addMembership({ principal: groupId, entraUserId, state: 'new' });
      }
      const after: MembershipDocument = { accessGroup: groupId, entraUserId };
      const { displayName } = context.person(entraUserId);
      return {
        key,
        kind: 'membership',
        action: isThere ? 'untouched' : 'create',
        id: null,
        summary: isThere
          ? `${displayName} is in ${group.displayName} already.`
          : `Puts ${displayName} into ${group.displayName}.`,
        before: isThere ? after : null,
        after,
      };
    });
  });
}

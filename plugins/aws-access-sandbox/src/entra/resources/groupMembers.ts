import { z } from 'zod';
import type { GraphAnswer, GraphCall, GraphRoute } from '../protocol/GraphCall';
import { GraphError } from '../protocol/GraphError';
import { parseBody, referencedId } from '../protocol/parseBody';
import { recordMutation, trackMember } from '../protocol/recordMutation';
import { answerCollection, answerCount } from '../query/answerObjects';
import type { GraphSource } from '../query/GraphSource';
import type { GraphObject } from '../query/GraphType';
import { isEventual } from '../query/readCollectionQuery';
import { listSource } from '../query/GraphSource';
import { mayChangeMembers } from './groupRights';
import { readGroups, requireGroup } from './groups';
import {
  directoryObjectType,
  memberSource,
  MemberKind,
  requireMember,
  transitiveMemberSource,
} from './memberships';
import { selectUsers, userType } from './users';

export const reference = z.strictObject({ '@odata.id': z.url() });

const targetTypes = {
  user: 'User',
  group: 'Group',
  servicePrincipal: 'ServicePrincipal',
} as const;

/** Writes down that a relation of a group changed: the object first, then the group, as Entra does. */
export function recordRelation(
  call: GraphCall,
  verb: 'Add' | 'Remove',
  relation: 'member' | 'owner',
  group: GraphObject,
  related: { kind: MemberKind; object: GraphObject },
): void {
  const joined = verb === 'Add';
  const value = (wanted: boolean, text: unknown) =>
    joined === wanted ? text : undefined;
  recordMutation(call, {
    activity: `${verb} ${relation} ${joined ? 'to' : 'from'} group`,
    category: 'GroupManagement',
    operation: joined ? 'Assign' : 'Unassign',
    targets: [
      {
        type: targetTypes[related.kind],
        id: related.object.id,
        displayName: related.object.displayName,
        userPrincipalName: related.object.userPrincipalName,
        modified: [
          {
            displayName: 'Group.ObjectID',
            oldValue: value(false, group.id),
            newValue: value(true, group.id),
          },
          {
            displayName: 'Group.DisplayName',
            oldValue: value(false, group.displayName),
            newValue: value(true, group.displayName),
          },
        ],
      },
      { type: 'Group', id: group.id, displayName: group.displayName },
    ],
  });
}

/**
 * Adds members, all or none.
 *
 * @throws GraphError 400 when one is there already, 404 when one does not exist
 */
export function addMembers(
  call: GraphCall,
  group: GraphObject,
  memberIds: string[],
): void {
  const { store, clock } = call.context;
  const groupId = String(group.id);
  store.transaction(() => {
    for (const memberId of memberIds) {
      const member = requireMember(call.context, memberId);
      if (memberId === groupId) {
        throw GraphError.badRequest('A group cannot be a member of itself.');
      }
      const added = store.run(
        `INSERT INTO entra_group_members (group_id, member_id, member_type, created_at)
         VALUES (?, ?, ?, ?) ON CONFLICT (group_id, member_id) DO NOTHING`,
        [groupId, memberId, member.kind, clock.now()],
      );
      if (added === 0) {
        throw GraphError.badRequest(
          "One or more added object references already exist for the following modified properties: 'members'.",
        );
      }
      trackMember(call, groupId, { id: memberId, kind: member.kind });
      recordRelation(call, 'Add', 'member', group, member);
    }
  });
}

function removeMember(call: GraphCall): GraphAnswer {
  const group = requireGroup(call);
  mayChangeMembers(call, group);
  const memberId = call.parameters.memberId.toLowerCase();
  const removed = call.context.store.run(
    'DELETE FROM entra_group_members WHERE group_id = ? AND member_id = ?',
    [String(group.id), memberId],
  );
  if (removed === 0) {
    throw GraphError.notFound(call.parameters.memberId);
  }
  const member = requireMember(call.context, memberId);
  trackMember(call, group.id, { id: memberId, kind: member.kind });
  recordRelation(call, 'Remove', 'member', group, member);
  return { status: 204 };
}

/** A cast to one type is an advanced query, like a filter on it. */
function answerUsersAmongMembers(call: GraphCall): GraphAnswer {
  if (!isEventual(call) || call.query.get('$count') !== 'true') {
    throw new GraphError(
      400,
      'Request_UnsupportedQuery',
      'Unsupported Query. An OData cast needs the $count=true query parameter and the ConsistencyLevel:eventual header.',
    );
  }
  return answerCollection(
    call,
    userType,
    listSource(
      selectUsers(
        call.context,
        'id IN (SELECT member_id FROM entra_group_members WHERE group_id = ?)',
        [String(requireGroup(call).id)],
      ),
    ),
  );
}

const listed = (
  name: string,
  source: (context: GraphCall['context'], id: string) => GraphSource,
): GraphRoute[] =>
  [answerCollection, answerCount].map(
    (answer): GraphRoute => ({
      method: 'GET',
      path: `/groups/{id}/${name}${answer === answerCount ? '/$count' : ''}`,
      permissions: readGroups,
      handle: call =>
        answer(
          call,
          directoryObjectType,
          source(call.context, String(requireGroup(call).id)),
        ),
    }),
  );

/** Who is in a group. */
export const groupMemberRoutes: GraphRoute[] = [
  ...listed('members', memberSource),
  ...listed('transitiveMembers', transitiveMemberSource),
  {
    method: 'GET',
    path: '/groups/{id}/members/microsoft.graph.user',
    permissions: readGroups,
    handle: answerUsersAmongMembers,
  },
  {
    method: 'POST',
    path: '/groups/{id}/members/$ref',
    permissions: [],
    handle: call => {
      const group = requireGroup(call);
      mayChangeMembers(call, group);
      const { '@odata.id': id } = parseBody(reference, call.body);
      addMembers(call, group, [referencedId(id)]);
      return { status: 204 };
    },
  },
  {
    method: 'DELETE',
    path: '/groups/{id}/members/{memberId}/$ref',
    permissions: [],
    handle: removeMember,
  },
];

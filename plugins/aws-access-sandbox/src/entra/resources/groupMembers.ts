import { z } from 'zod';
import {
  answerCollection,
  answerCount,
  GraphType,
} from '../protocol/answerObjects';
import { GraphObject } from '../protocol/compileFilter';
import {
  EntraContext,
  GraphAnswer,
  GraphCall,
  GraphRoute,
} from '../protocol/GraphCall';
import { GraphError } from '../protocol/GraphError';
import { parseBody, referencedId } from '../protocol/parseBody';
import { mayChangeMembers } from './groupRights';
import { groupType, readGroups, requireGroup, selectGroups } from './groups';
import {
  selectServicePrincipals,
  servicePrincipalType,
} from './servicePrincipals';
import { selectUsers, userType } from './users';

const reference = z.object({ '@odata.id': z.string() });

const memberType: GraphType = {
  name: 'microsoft.graph.directoryObject',
  properties: [
    ...new Set([
      ...userType.properties,
      ...groupType.properties,
      ...servicePrincipalType.properties,
    ]),
  ],
};

/** A directory object with the kind that the membership tables store. */
export type Member = {
  kind: 'user' | 'group' | 'servicePrincipal';
  object: GraphObject;
};

/** @throws GraphError 404 */
export function requireMember(context: EntraContext, id: string): Member {
  const [user] = selectUsers(context, 'id = ?', [id]);
  if (user) {
    return { kind: 'user', object: user };
  }
  const [group] = selectGroups(context, 'id = ?', [id]);
  if (group) {
    return { kind: 'group', object: group };
  }
  const [servicePrincipal] = selectServicePrincipals(context, 'id = ?', [id]);
  if (servicePrincipal) {
    return { kind: 'servicePrincipal', object: servicePrincipal };
  }
  throw GraphError.notFound(id);
}

/**
 * The objects on one side of a membership, each with its type.
 *
 * @param condition - SQL on the id of a directory object, with one `?` for the key
 */
export function directoryObjects(
  context: EntraContext,
  condition: string,
  key: string,
): GraphObject[] {
  // Every kind counts for itself; a step between them makes one order of all.
  const typed = (type: string, objects: GraphObject[], step: number) =>
    objects.map(object => ({
      ...object,
      seq: step * 1e9 + Number(object.seq),
      '@odata.type': `#microsoft.graph.${type}`,
    }));
  return [
    ...typed('user', selectUsers(context, condition, [key]), 1),
    ...typed('group', selectGroups(context, condition, [key]), 2),
    ...typed(
      'servicePrincipal',
      selectServicePrincipals(context, condition, [key]),
      3,
    ),
  ];
}

const DIRECT =
  'id IN (SELECT member_id FROM entra_group_members WHERE group_id = ?)';
const TRANSITIVE = `id IN (
  WITH RECURSIVE reached(id) AS (
    SELECT member_id FROM entra_group_members WHERE group_id = ?
    UNION SELECT m.member_id FROM entra_group_members m JOIN reached r ON m.group_id = r.id
  ) SELECT id FROM reached)`;

/** Keeps every object answered with the properties of its own type only. */
export function answerDirectoryObjects(
  call: GraphCall,
  objects: GraphObject[],
): GraphAnswer {
  const answer = answerCollection(call, memberType, objects);
  if (!call.query.has('$select')) {
    const types: Record<string, GraphType> = {
      '#microsoft.graph.user': userType,
      '#microsoft.graph.group': groupType,
      '#microsoft.graph.servicePrincipal': servicePrincipalType,
    };
    const body = answer.body as { value: GraphObject[] };
    body.value = body.value.map(object => {
      const type = types[String(object['@odata.type'])];
      const shown = new Set([
        '@odata.type',
        ...(type.defaults ?? type.properties),
      ]);
      return Object.fromEntries(
        Object.entries(object).filter(([name]) => shown.has(name)),
      );
    });
  }
  return answer;
}

/**
 * Adds members, all or none.
 *
 * @throws GraphError 400 when one is there already, 404 when one does not exist
 */
export function addMembers(
  context: EntraContext,
  groupId: string,
  memberIds: string[],
): void {
  const { store, clock } = context;
  store.transaction(() => {
    for (const memberId of memberIds) {
      const { kind } = requireMember(context, memberId);
      if (memberId === groupId) {
        throw GraphError.badRequest('A group cannot be a member of itself.');
      }
      const added = store.run(
        `INSERT INTO entra_group_members (group_id, member_id, member_type, created_at)
         VALUES (?, ?, ?, ?) ON CONFLICT (group_id, member_id) DO NOTHING`,
        [groupId, memberId, kind, clock.now()],
      );
      if (added === 0) {
        throw GraphError.badRequest(
          "One or more added object references already exist for the following modified properties: 'members'.",
        );
      }
    }
  });
}

function removeMember(call: GraphCall): GraphAnswer {
  const group = requireGroup(call);
  mayChangeMembers(call, group);
  const removed = call.context.store.run(
    'DELETE FROM entra_group_members WHERE group_id = ? AND member_id = lower(?)',
    [String(group.id), call.parameters.memberId],
  );
  if (removed === 0) {
    throw GraphError.notFound(call.parameters.memberId);
  }
  return { status: 204 };
}

const membersOf = (call: GraphCall, condition: string) =>
  directoryObjects(call.context, condition, String(requireGroup(call).id));

/** Who is in a group. */
export const groupMemberRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: '/groups/{id}/members',
    permissions: readGroups,
    handle: call => answerDirectoryObjects(call, membersOf(call, DIRECT)),
  },
  {
    method: 'GET',
    path: '/groups/{id}/members/$count',
    permissions: readGroups,
    handle: call => answerCount(call, memberType, membersOf(call, DIRECT)),
  },
  {
    method: 'GET',
    path: '/groups/{id}/members/microsoft.graph.user',
    permissions: readGroups,
    handle: call =>
      answerCollection(
        call,
        userType,
        selectUsers(call.context, DIRECT, [String(requireGroup(call).id)]),
      ),
  },
  {
    method: 'GET',
    path: '/groups/{id}/transitiveMembers',
    permissions: readGroups,
    handle: call => answerDirectoryObjects(call, membersOf(call, TRANSITIVE)),
  },
  {
    method: 'POST',
    path: '/groups/{id}/members/$ref',
    permissions: [],
    handle: call => {
      const group = requireGroup(call);
      mayChangeMembers(call, group);
      const { '@odata.id': id } = parseBody(reference, call.body);
      addMembers(call.context, String(group.id), [referencedId(id)]);
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

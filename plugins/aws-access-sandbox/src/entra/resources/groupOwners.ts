import type { GraphCall, GraphRoute } from '../protocol/GraphCall';
import { GraphError } from '../protocol/GraphError';
import { parseBody, referencedId } from '../protocol/parseBody';
import { trackChange } from '../protocol/recordMutation';
import { answerCollection } from '../query/answerObjects';
import type { GraphObject } from '../query/GraphType';
import { recordRelation, reference } from './groupMembers';
import { mayChangeGroup } from './groupRights';
import { readGroups, requireGroup } from './groups';
import { directoryObjectType, ownerSource, requireMember } from './memberships';

/**
 * Adds owners, all or none.
 *
 * @throws GraphError 400 for a duplicate or a group, 404 when one does not exist
 */
export function addOwners(
  call: GraphCall,
  group: GraphObject,
  ownerIds: string[],
): void {
  const { store, clock } = call.context;
  store.transaction(() => {
    for (const ownerId of ownerIds) {
      const owner = requireMember(call.context, ownerId);
      if (owner.kind === 'group') {
        throw GraphError.badRequest('A group cannot own a group.');
      }
      const added = store.run(
        `INSERT INTO entra_group_owners (group_id, owner_id, owner_type, created_at)
         VALUES (?, ?, ?, ?) ON CONFLICT (group_id, owner_id) DO NOTHING`,
        [String(group.id), ownerId, owner.kind, clock.now()],
      );
      if (added === 0) {
        throw GraphError.badRequest(
          "One or more added object references already exist for the following modified properties: 'owners'.",
        );
      }
      trackChange(call, 'group', group.id);
      recordRelation(call, 'Add', 'owner', group, owner);
    }
  });
}

function removeOwner(call: GraphCall) {
  const group = requireGroup(call);
  mayChangeGroup(call, group);
  const { store } = call.context;
  const key = [String(group.id), call.parameters.ownerId.toLowerCase()];
  if (
    !store.get(
      'SELECT 1 FROM entra_group_owners WHERE group_id = ? AND owner_id = ?',
      key,
    )
  ) {
    throw GraphError.notFound(call.parameters.ownerId);
  }
  const { count } = store.get<{ count: number }>(
    'SELECT count(*) AS count FROM entra_group_owners WHERE group_id = ?',
    [key[0]],
  )!;
  if (count === 1) {
    throw GraphError.badRequest(
      'The group must have at least one owner, hence this owner cannot be removed.',
    );
  }
  store.run(
    'DELETE FROM entra_group_owners WHERE group_id = ? AND owner_id = ?',
    key,
  );
  trackChange(call, 'group', group.id);
  recordRelation(
    call,
    'Remove',
    'owner',
    group,
    requireMember(call.context, key[1]),
  );
  return { status: 204 };
}

/** Who may change a group. */
export const groupOwnerRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: '/groups/{id}/owners',
    permissions: readGroups,
    handle: call =>
      answerCollection(
        call,
        directoryObjectType,
        ownerSource(call.context, String(requireGroup(call).id)),
      ),
  },
  {
    method: 'POST',
    path: '/groups/{id}/owners/$ref',
    permissions: [],
    handle: call => {
      const group = requireGroup(call);
      mayChangeGroup(call, group);
      const { '@odata.id': id } = parseBody(reference, call.body);
      addOwners(call, group, [referencedId(id)]);
      return { status: 204 };
    },
  },
  {
    method: 'DELETE',
    path: '/groups/{id}/owners/{ownerId}/$ref',
    permissions: [],
    handle: removeOwner,
  },
];

import { z } from 'zod';
import { EntraContext, GraphCall, GraphRoute } from '../protocol/GraphCall';
import { GraphError } from '../protocol/GraphError';
import { parseBody, referencedId } from '../protocol/parseBody';
import {
  answerDirectoryObjects,
  directoryObjects,
  requireMember,
} from './groupMembers';
import { mayChangeGroup } from './groupRights';
import { readGroups, requireGroup } from './groups';

const reference = z.object({ '@odata.id': z.string() });

/**
 * Adds owners, all or none.
 *
 * @throws GraphError 400 for a duplicate or a group, 404 when one does not exist
 */
export function addOwners(
  context: EntraContext,
  groupId: string,
  ownerIds: string[],
): void {
  const { store, clock } = context;
  store.transaction(() => {
    for (const ownerId of ownerIds) {
      const { kind } = requireMember(context, ownerId);
      if (kind === 'group') {
        throw GraphError.badRequest('A group cannot own a group.');
      }
      const added = store.run(
        `INSERT INTO entra_group_owners (group_id, owner_id, owner_type, created_at)
         VALUES (?, ?, ?, ?) ON CONFLICT (group_id, owner_id) DO NOTHING`,
        [groupId, ownerId, kind, clock.now()],
      );
      if (added === 0) {
        throw GraphError.badRequest(
          "One or more added object references already exist for the following modified properties: 'owners'.",
        );
      }
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
  return { status: 204 };
}

/** Who may change a group. */
export const groupOwnerRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: '/groups/{id}/owners',
    permissions: readGroups,
    handle: call =>
      answerDirectoryObjects(
        call,
        directoryObjects(
          call.context,
          'id IN (SELECT owner_id FROM entra_group_owners WHERE group_id = ?)',
          String(requireGroup(call).id),
        ),
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
      addOwners(call.context, String(group.id), [referencedId(id)]);
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

import type { GraphCall } from '../protocol/GraphCall';
import { GraphError } from '../protocol/GraphError';
import type { GraphObject } from '../query/GraphType';

function demand(call: GraphCall, group: GraphObject, permissions: string[]) {
  const { store } = call.context;
  const owns = store.get(
    'SELECT 1 FROM entra_group_owners WHERE group_id = ? AND owner_id = ?',
    [String(group.id), call.caller.servicePrincipalId],
  );
  // Role-assignable groups need rights that no application of the sandbox has.
  if (group.isAssignableToRole) {
    throw GraphError.denied();
  }
  if (!owns && !permissions.some(name => call.caller.permissions.has(name))) {
    throw GraphError.denied();
  }
}

/**
 * Name, description, owners and deletion: only for an owner or a caller with
 * rights on all groups. A group made with `Group.Create` and without owners is
 * therefore out of reach of its own maker.
 *
 * @throws GraphError 403
 */
export function mayChangeGroup(call: GraphCall, group: GraphObject): void {
  demand(call, group, ['Group.ReadWrite.All', 'Directory.ReadWrite.All']);
}

/**
 * The members alone. Dynamic groups take none by hand.
 *
 * @throws GraphError 403, 400 for a dynamic group
 */
export function mayChangeMembers(call: GraphCall, group: GraphObject): void {
  demand(call, group, [
    'GroupMember.ReadWrite.All',
    'Group.ReadWrite.All',
    'Directory.ReadWrite.All',
  ]);
  if (group.membershipRule) {
    throw GraphError.badRequest(
      'Insufficient privileges to complete the operation: the membership of a dynamic group follows its rule.',
    );
  }
}

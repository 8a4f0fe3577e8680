import { GraphCall, GraphRoute } from '../protocol/GraphCall';
import { answerDirectoryObjects, directoryObjects } from './groupMembers';
import { readGroups, requireGroup } from './groups';
import { requireUser } from './users';

const DIRECT =
  'id IN (SELECT group_id FROM entra_group_members WHERE member_id = ?)';
const TRANSITIVE = `id IN (
  WITH RECURSIVE reached(id) AS (
    SELECT group_id FROM entra_group_members WHERE member_id = ?
    UNION SELECT m.group_id FROM entra_group_members m JOIN reached r ON m.member_id = r.id
  ) SELECT id FROM reached)`;

const route = (
  path: string,
  condition: string,
  find: (call: GraphCall) => { id?: unknown },
): GraphRoute => ({
  method: 'GET',
  path,
  permissions: readGroups,
  handle: call =>
    answerDirectoryObjects(
      call,
      directoryObjects(call.context, condition, String(find(call).id)),
    ),
});

const user = (call: GraphCall) => requireUser(call, call.parameters.id);

/** The groups that a person or a group is in. */
export const memberOfRoutes: GraphRoute[] = [
  route('/users/{id}/memberOf', DIRECT, user),
  route('/users/{id}/transitiveMemberOf', TRANSITIVE, user),
  route('/groups/{id}/memberOf', DIRECT, requireGroup),
  route('/groups/{id}/transitiveMemberOf', TRANSITIVE, requireGroup),
];

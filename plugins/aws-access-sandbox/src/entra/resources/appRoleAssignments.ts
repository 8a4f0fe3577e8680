import { randomBytes } from 'crypto';
import { z } from 'zod';
import { SqlValue } from '../../store/SandboxStore';
import {
  answerCollection,
  answerObject,
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
import { graphTime } from '../protocol/graphTime';
import { parseBody } from '../protocol/parseBody';
import { requireMember } from './groupMembers';
import { readGroups, requireGroup } from './groups';
import { readApplications, requireServicePrincipal } from './servicePrincipals';
import { requireUser } from './users';

const assign = ['AppRoleAssignment.ReadWrite.All'];

/** The role of applications that declare none. */
const DEFAULT_ROLE = '00000000-0000-0000-0000-000000000000';

const type: GraphType = {
  name: 'microsoft.graph.appRoleAssignment',
  properties: [
    'id',
    'deletedDateTime',
    'appRoleId',
    'createdDateTime',
    'principalDisplayName',
    'principalId',
    'principalType',
    'resourceDisplayName',
    'resourceId',
  ],
};

const input = z.object({
  principalId: z.guid(),
  resourceId: z.guid(),
  appRoleId: z.guid(),
});

type Row = {
  seq: number;
  id: string;
  resource_id: string;
  resource_name: string;
  app_role_id: string;
  principal_id: string;
  principal_type: string;
  principal_name: string | null;
  created_at: number;
};

function selectAssignments(
  { store }: EntraContext,
  condition: string,
  parameters: SqlValue[],
): GraphObject[] {
  return store
    .all<Row>(
      `SELECT a.*, s.display_name AS resource_name,
              coalesce(u.display_name, g.display_name, p.display_name) AS principal_name
       FROM entra_app_role_assignments a
       JOIN entra_service_principals s ON s.id = a.resource_id
       LEFT JOIN entra_users u ON u.id = a.principal_id
       LEFT JOIN entra_groups g ON g.id = a.principal_id
       LEFT JOIN entra_service_principals p ON p.id = a.principal_id
       WHERE ${condition} ORDER BY a.seq`,
      parameters,
    )
    .map(row => ({
      seq: row.seq,
      id: row.id,
      appRoleId: row.app_role_id,
      createdDateTime: graphTime(row.created_at),
      principalDisplayName: row.principal_name,
      principalId: row.principal_id,
      principalType: row.principal_type,
      resourceDisplayName: row.resource_name,
      resourceId: row.resource_id,
    }));
}

function createAssignment(call: GraphCall): GraphAnswer {
  const { context } = call;
  const resource = requireServicePrincipal(call);
  const body = parseBody(input, call.body);
  if (body.resourceId.toLowerCase() !== resource.id) {
    throw GraphError.badRequest(
      'The resourceId of the assignment is not the service principal of the path.',
    );
  }
  const principal = requireMember(context, body.principalId.toLowerCase());
  const roles = (resource.appRoles as { id: string; isEnabled: boolean }[])
    .filter(role => role.isEnabled)
    .map(role => role.id);
  const role = body.appRoleId.toLowerCase();
  if (roles.length ? !roles.includes(role) : role !== DEFAULT_ROLE) {
    throw GraphError.badRequest(
      'Permission being assigned was not found on application',
    );
  }
  const kinds = {
    user: 'User',
    group: 'Group',
    servicePrincipal: 'ServicePrincipal',
  };
  const id = randomBytes(32).toString('base64url');
  const added = context.store.run(
    `INSERT INTO entra_app_role_assignments (id, resource_id, app_role_id, principal_id, principal_type, created_at)
     VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (resource_id, app_role_id, principal_id) DO NOTHING`,
    [
      id,
      String(resource.id),
      role,
      String(principal.object.id),
      kinds[principal.kind],
      context.clock.now(),
    ],
  );
  if (added === 0) {
    throw GraphError.badRequest(
      'Permission being assigned already exists on the object',
    );
  }
  const [created] = selectAssignments(context, 'a.id = ?', [id]);
  return answerObject(call, type, created, 201);
}

/** Which principals may use an application, and what SCIM carries therefore. */
export const appRoleAssignmentRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: '/servicePrincipals/{id}/appRoleAssignedTo',
    permissions: [...readApplications, ...assign],
    handle: call =>
      answerCollection(
        call,
        type,
        selectAssignments(call.context, 'a.resource_id = ?', [
          String(requireServicePrincipal(call).id),
        ]),
      ),
  },
  {
    method: 'POST',
    path: '/servicePrincipals/{id}/appRoleAssignedTo',
    permissions: assign,
    handle: createAssignment,
  },
  {
    method: 'DELETE',
    path: '/servicePrincipals/{id}/appRoleAssignedTo/{assignmentId}',
    permissions: assign,
    handle: call => {
      const removed = call.context.store.run(
        'DELETE FROM entra_app_role_assignments WHERE id = ? AND resource_id = ?',
        [
          call.parameters.assignmentId,
          String(requireServicePrincipal(call).id),
        ],
      );
      if (removed === 0) {
        throw GraphError.notFound(call.parameters.assignmentId);
      }
      return { status: 204 };
    },
  },
  {
    method: 'GET',
    path: '/groups/{id}/appRoleAssignments',
    permissions: readGroups,
    handle: call =>
      answerCollection(
        call,
        type,
        selectAssignments(call.context, 'a.principal_id = ?', [
          String(requireGroup(call).id),
        ]),
      ),
  },
  {
    method: 'GET',
    path: '/users/{id}/appRoleAssignments',
    permissions: [...readApplications, ...assign],
    handle: call =>
      answerCollection(
        call,
        type,
        selectAssignments(call.context, 'a.principal_id = ?', [
          String(requireUser(call, call.parameters.id).id),
        ]),
      ),
  },
];

import { randomBytes } from 'crypto';
import { z } from 'zod';
import type { SqlValue } from '../../store/SandboxStore';
import type {
  EntraContext,
  GraphAnswer,
  GraphCall,
  GraphRoute,
} from '../protocol/GraphCall';
import { GraphError } from '../protocol/GraphError';
import { graphTime } from '../protocol/graphTime';
import { parseBody } from '../protocol/parseBody';
import { recordMutation } from '../protocol/recordMutation';
import { answerCollection, answerObject } from '../query/answerObjects';
import { GraphColumn, GraphSource, tableSource } from '../query/GraphSource';
import type { GraphObject, GraphType } from '../query/GraphType';
import { readGroups, requireGroup } from './groups';
import { requireMember } from './memberships';
import { readApplications, requireServicePrincipal } from './servicePrincipals';
import { requireUser } from './users';

const assign = ['AppRoleAssignment.ReadWrite.All'];

/** The role of applications that declare none. */
const DEFAULT_ROLE = '00000000-0000-0000-0000-000000000000';

const type: GraphType = {
  name: 'microsoft.graph.appRoleAssignment',
  directory: true,
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

const input = z.strictObject({
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

const columns: Record<string, GraphColumn> = {
  id: { sql: 'a.id', kind: 'exact' },
  appRoleId: { sql: 'a.app_role_id', kind: 'id' },
  principalId: { sql: 'a.principal_id', kind: 'id' },
  principalType: { sql: 'a.principal_type', kind: 'text' },
  resourceId: { sql: 'a.resource_id', kind: 'id' },
};

function assignmentSource(
  { store }: EntraContext,
  where: string,
  ...parameters: SqlValue[]
): GraphSource {
  return tableSource<Row>({
    store,
    select: `a.*, s.display_name AS resource_name,
      coalesce(u.display_name, g.display_name, p.display_name) AS principal_name`,
    from: `entra_app_role_assignments a
      JOIN entra_service_principals s ON s.id = a.resource_id
      LEFT JOIN entra_users u ON u.id = a.principal_id
      LEFT JOIN entra_groups g ON g.id = a.principal_id
      LEFT JOIN entra_service_principals p ON p.id = a.principal_id`,
    where: { sql: where, parameters },
    columns,
    seq: 'a.seq',
    toObject: row => ({
      id: row.id,
      appRoleId: row.app_role_id,
      createdDateTime: graphTime(row.created_at),
      principalDisplayName: row.principal_name,
      principalId: row.principal_id,
      principalType: row.principal_type,
      resourceDisplayName: row.resource_name,
      resourceId: row.resource_id,
    }),
  });
}

const record = (
  call: GraphCall,
  verb: 'Add' | 'Remove',
  assignment: GraphObject,
) => {
  const [preposition, operation] =
    verb === 'Add'
      ? (['to', 'Assign'] as const)
      : (['from', 'Unassign'] as const);
  const { principalType: kind } = assignment;
  recordMutation(call, {
    activity: `${verb} app role assignment ${preposition} ${
      kind === 'ServicePrincipal'
        ? 'service principal'
        : String(kind).toLowerCase()
    }`,
    category: 'ApplicationManagement',
    operation,
    targets: [
      {
        type: 'ServicePrincipal',
        id: assignment.resourceId,
        displayName: assignment.resourceDisplayName,
        modified: [
          {
            displayName: 'AppRole.Id',
            [verb === 'Add' ? 'newValue' : 'oldValue']: assignment.appRoleId,
          },
        ],
      },
      {
        type: kind as 'User' | 'Group' | 'ServicePrincipal',
        id: assignment.principalId,
        displayName: assignment.principalDisplayName,
      },
    ],
  });
};

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
  const [created] = assignmentSource(context, 'a.id = ?', id).page({
    limit: 1,
  });
  record(call, 'Add', created);
  return answerObject(call, type, created, { status: 201 });
}

function removeAssignment(call: GraphCall): GraphAnswer {
  const { context } = call;
  const { assignmentId } = call.parameters;
  const [assignment] = assignmentSource(
    context,
    'a.id = ? AND a.resource_id = ?',
    assignmentId,
    String(requireServicePrincipal(call).id),
  ).page({ limit: 1 });
  if (!assignment) {
    throw GraphError.notFound(assignmentId);
  }
  context.store.run('DELETE FROM entra_app_role_assignments WHERE id = ?', [
    assignmentId,
  ]);
  record(call, 'Remove', assignment);
  return { status: 204 };
}

const listed = (
  path: string,
  permissions: readonly string[],
  column: 'resource_id' | 'principal_id',
  find: (call: GraphCall) => GraphObject,
): GraphRoute => ({
  method: 'GET',
  path,
  permissions,
  handle: call =>
    answerCollection(
      call,
      type,
      assignmentSource(call.context, `a.${column} = ?`, String(find(call).id)),
    ),
});

/** Which principals may use an application, and what SCIM carries therefore. */
export const appRoleAssignmentRoutes: GraphRoute[] = [
  listed(
    '/servicePrincipals/{id}/appRoleAssignedTo',
    [...readApplications, ...assign],
    'resource_id',
    requireServicePrincipal,
  ),
  listed(
    '/groups/{id}/appRoleAssignments',
    readGroups,
    'principal_id',
    requireGroup,
  ),
  listed(
    '/users/{id}/appRoleAssignments',
    [...readApplications, ...assign],
    'principal_id',
    requireUser,
  ),
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
    handle: removeAssignment,
  },
];

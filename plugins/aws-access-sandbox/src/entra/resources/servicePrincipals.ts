import { SqlValue } from '../../store/SandboxStore';
import {
  answerCollection,
  answerObject,
  GraphType,
} from '../protocol/answerObjects';
import { GraphObject } from '../protocol/compileFilter';
import { EntraContext, GraphCall, GraphRoute } from '../protocol/GraphCall';
import { GraphError } from '../protocol/GraphError';

/** Permissions that show applications and their instances. */
export const readApplications = [
  'Application.Read.All',
  'Application.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
];

export const servicePrincipalType: GraphType = {
  name: 'microsoft.graph.servicePrincipal',
  properties: [
    'id',
    'deletedDateTime',
    'accountEnabled',
    'alternativeNames',
    'appDescription',
    'appDisplayName',
    'appId',
    'applicationTemplateId',
    'appOwnerOrganizationId',
    'appRoleAssignmentRequired',
    'appRoles',
    'description',
    'disabledByMicrosoftStatus',
    'displayName',
    'homepage',
    'loginUrl',
    'logoutUrl',
    'notes',
    'notificationEmailAddresses',
    'oauth2PermissionScopes',
    'preferredSingleSignOnMode',
    'replyUrls',
    'servicePrincipalNames',
    'servicePrincipalType',
    'signInAudience',
    'tags',
    'keyCredentials',
    'passwordCredentials',
  ],
};

type Row = {
  seq: number;
  id: string;
  app_id: string;
  display_name: string;
  application_template_id: string | null;
  service_principal_type: string;
  account_enabled: number;
  app_role_assignment_required: number;
  app_roles_json: string;
  attributes_json: string;
};

function toServicePrincipal(row: Row, tenantId: string): GraphObject {
  return {
    seq: row.seq,
    alternativeNames: [],
    notificationEmailAddresses: [],
    oauth2PermissionScopes: [],
    replyUrls: [],
    keyCredentials: [],
    passwordCredentials: [],
    servicePrincipalNames: [row.app_id],
    signInAudience: 'AzureADMyOrg',
    preferredSingleSignOnMode: row.application_template_id ? 'saml' : null,
    tags: row.application_template_id
      ? [
          'WindowsAzureActiveDirectoryGalleryApplicationNonPrimaryV1',
          'WindowsAzureActiveDirectoryIntegratedApp',
        ]
      : ['WindowsAzureActiveDirectoryIntegratedApp'],
    ...JSON.parse(row.attributes_json),
    id: row.id,
    appId: row.app_id,
    displayName: row.display_name,
    appDisplayName: row.display_name,
    appOwnerOrganizationId: tenantId,
    applicationTemplateId: row.application_template_id,
    servicePrincipalType: row.service_principal_type,
    accountEnabled: row.account_enabled === 1,
    appRoleAssignmentRequired: row.app_role_assignment_required === 1,
    appRoles: JSON.parse(row.app_roles_json),
  };
}

/** Service principals of the tenant, of those that the condition selects. */
export function selectServicePrincipals(
  { store }: EntraContext,
  condition: string,
  parameters: SqlValue[] = [],
): GraphObject[] {
  const tenantId =
    store.get<{ id: string }>('SELECT id FROM entra_tenant')?.id ?? '';
  return store
    .all<Row>(
      `SELECT * FROM entra_service_principals WHERE deleted_at IS NULL AND ${condition} ORDER BY seq`,
      parameters,
    )
    .map(row => toServicePrincipal(row, tenantId));
}

/**
 * The service principal that the route names, by `id` or by `appId`.
 *
 * @throws GraphError 404
 */
export function requireServicePrincipal(call: GraphCall): GraphObject {
  const { id, appId } = call.parameters;
  const [found] = appId
    ? selectServicePrincipals(call.context, 'app_id = lower(?)', [appId])
    : selectServicePrincipals(call.context, 'id = lower(?)', [id]);
  if (!found) {
    throw GraphError.notFound(appId ?? id);
  }
  return found;
}

/** Instances of applications in the tenant, read only. */
export const servicePrincipalRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: '/servicePrincipals',
    permissions: readApplications,
    handle: call =>
      answerCollection(
        call,
        servicePrincipalType,
        selectServicePrincipals(call.context, '1'),
      ),
  },
  ...['/servicePrincipals/{id}', "/servicePrincipals(appId='{appId}')"].map(
    (path): GraphRoute => ({
      method: 'GET',
      path,
      permissions: readApplications,
      handle: call =>
        answerObject(call, servicePrincipalType, requireServicePrincipal(call)),
    }),
  ),
];

import type { SqlValue } from '../../store/SandboxStore';
import type { EntraContext, GraphCall } from '../protocol/GraphCall';
import { GraphError } from '../protocol/GraphError';
import { GraphColumn, GraphSource, tableSource } from '../query/GraphSource';
import type { GraphObject, GraphType } from '../query/GraphType';

/** Permissions that show applications and their instances. */
export const readApplications = [
  'Application.Read.All',
  'Application.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
];

export const servicePrincipalType: GraphType = {
  name: 'microsoft.graph.servicePrincipal',
  directory: true,
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
    'preferredTokenSigningKeyThumbprint',
    'replyUrls',
    'samlSingleSignOnSettings',
    'servicePrincipalNames',
    'servicePrincipalType',
    'signInAudience',
    'tags',
    'tokenEncryptionKeyId',
    'verifiedPublisher',
    'keyCredentials',
    'passwordCredentials',
  ],
  collections: [
    'alternativeNames',
    'appRoles',
    'keyCredentials',
    'notificationEmailAddresses',
    'oauth2PermissionScopes',
    'passwordCredentials',
    'replyUrls',
    'servicePrincipalNames',
    'tags',
  ],
};

export type ServicePrincipalRow = {
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

const columns: Record<string, GraphColumn> = {
  id: { sql: 'id', kind: 'id' },
  appId: { sql: 'app_id', kind: 'id' },
  displayName: { sql: 'display_name', kind: 'text' },
  applicationTemplateId: { sql: 'application_template_id', kind: 'id' },
  servicePrincipalType: { sql: 'service_principal_type', kind: 'text' },
  accountEnabled: { sql: 'account_enabled', kind: 'boolean' },
};

function toServicePrincipal(
  row: ServicePrincipalRow,
  tenantId: string,
): GraphObject {
  return {
    seq: row.seq,
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

const tenantOf = ({ store }: EntraContext) =>
  store.get<{ id: string }>('SELECT id FROM entra_tenant')?.id ?? '';

/** A service principal by its id, also while no reader sees it yet. */
export function readServicePrincipal(
  context: EntraContext,
  id: string,
): GraphObject {
  return toServicePrincipal(
    context.store.get<ServicePrincipalRow>(
      'SELECT * FROM entra_service_principals WHERE id = ?',
      [id],
    )!,
    tenantOf(context),
  );
}

/** Service principals that exist and can be seen. */
export function servicePrincipalSource(context: EntraContext): GraphSource {
  const tenantId = tenantOf(context);
  return tableSource<ServicePrincipalRow>({
    store: context.store,
    from: 'entra_service_principals',
    where: {
      sql: 'deleted_at IS NULL AND visible_at <= ?',
      parameters: [context.clock.now()],
    },
    columns,
    toObject: row => toServicePrincipal(row, tenantId),
  });
}

/** Service principals that exist and can be seen, of those that the condition selects. */
export function selectServicePrincipals(
  context: EntraContext,
  condition: string,
  parameters: SqlValue[] = [],
): GraphObject[] {
  const tenantId = tenantOf(context);
  return context.store
    .all<ServicePrincipalRow>(
      `SELECT * FROM entra_service_principals
       WHERE deleted_at IS NULL AND visible_at <= ? AND ${condition} ORDER BY seq`,
      [context.clock.now(), ...parameters],
    )
    .map(row => toServicePrincipal(row, tenantId));
}

/**
 * The service principal that the route names, by `id` or by `appId`.
 *
 * @throws GraphError 404, also while a new one has not reached this reader
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

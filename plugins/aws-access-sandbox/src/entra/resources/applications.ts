import type { SqlValue } from '../../store/SandboxStore';
import type { EntraContext, GraphCall } from '../protocol/GraphCall';
import { GraphError } from '../protocol/GraphError';
import { graphTime } from '../protocol/graphTime';
import { GraphColumn, GraphSource, tableSource } from '../query/GraphSource';
import type { GraphObject, GraphType } from '../query/GraphType';

export const applicationType: GraphType = {
  name: 'microsoft.graph.application',
  directory: true,
  properties: [
    'id',
    'deletedDateTime',
    'addIns',
    'api',
    'appId',
    'applicationTemplateId',
    'appRoles',
    'createdDateTime',
    'defaultRedirectUri',
    'description',
    'disabledByMicrosoftStatus',
    'displayName',
    'groupMembershipClaims',
    'identifierUris',
    'info',
    'isFallbackPublicClient',
    'keyCredentials',
    'notes',
    'optionalClaims',
    'passwordCredentials',
    'publicClient',
    'publisherDomain',
    'requiredResourceAccess',
    'samlMetadataUrl',
    'serviceManagementReference',
    'signInAudience',
    'spa',
    'tags',
    'tokenEncryptionKeyId',
    'uniqueName',
    'web',
  ],
  collections: [
    'addIns',
    'appRoles',
    'identifierUris',
    'keyCredentials',
    'passwordCredentials',
    'requiredResourceAccess',
    'tags',
  ],
};

export type ApplicationRow = {
  seq: number;
  id: string;
  app_id: string;
  display_name: string;
  application_template_id: string | null;
  app_roles_json: string;
  attributes_json: string;
  created_at: number;
  deleted_at: number | null;
};

const columns: Record<string, GraphColumn> = {
  id: { sql: 'id', kind: 'id' },
  appId: { sql: 'app_id', kind: 'id' },
  displayName: { sql: 'display_name', kind: 'text' },
  applicationTemplateId: { sql: 'application_template_id', kind: 'id' },
  createdDateTime: { sql: 'created_at', kind: 'time' },
};

const emptyWeb = {
  homePageUrl: null,
  logoutUrl: null,
  redirectUris: [],
  redirectUriSettings: [],
  implicitGrantSettings: {
    enableAccessTokenIssuance: false,
    enableIdTokenIssuance: false,
  },
};

/** A row of the directory as Graph shows it. */
export function toApplication(row: ApplicationRow): GraphObject {
  const attributes = JSON.parse(row.attributes_json);
  return {
    seq: row.seq,
    signInAudience: 'AzureADMyOrg',
    api: {
      acceptMappedClaims: null,
      knownClientApplications: [],
      oauth2PermissionScopes: [],
      preAuthorizedApplications: [],
      requestedAccessTokenVersion: null,
    },
    publicClient: { redirectUris: [] },
    spa: { redirectUris: [] },
    ...attributes,
    web: { ...emptyWeb, ...attributes.web },
    id: row.id,
    appId: row.app_id,
    displayName: row.display_name,
    applicationTemplateId: row.application_template_id,
    appRoles: JSON.parse(row.app_roles_json),
    createdDateTime: graphTime(row.created_at),
    deletedDateTime: row.deleted_at === null ? null : graphTime(row.deleted_at),
  };
}

/** Applications that exist and can be seen. */
export function applicationSource({ store, clock }: EntraContext): GraphSource {
  return tableSource<ApplicationRow>({
    store,
    from: 'entra_applications',
    where: {
      sql: 'deleted_at IS NULL AND visible_at <= ?',
      parameters: [clock.now()],
    },
    columns,
    toObject: toApplication,
  });
}

/**
 * The application that the route names, by `id` or by `appId`.
 *
 * @throws GraphError 404, also while a new one has not reached this reader
 */
export function requireApplication(call: GraphCall): GraphObject {
  const { id, appId } = call.parameters;
  const [sql, value]: [string, SqlValue] = appId
    ? ['app_id = lower(?)', appId]
    : ['id = lower(?)', id];
  const [found] = applicationSource(call.context).page({
    condition: { sql, parameters: [value] },
    limit: 1,
  });
  if (!found) {
    throw GraphError.notFound(appId ?? id);
  }
  return found;
}

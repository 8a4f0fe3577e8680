import type { GraphCall } from '../protocol/GraphCall';
import { GraphError } from '../protocol/GraphError';
import type { GraphObject } from '../query/GraphType';

const ALL = ['Application.ReadWrite.All', 'Directory.ReadWrite.All'];

/**
 * With `Application.ReadWrite.OwnedBy` alone an application changes only itself
 * and what it has made.
 *
 * @param application - an application or a service principal
 * @throws GraphError 403
 */
export function mayChangeApplication(
  { context, caller }: GraphCall,
  application: GraphObject,
): void {
  if (ALL.some(name => caller.permissions.has(name))) {
    return;
  }
  const owner = context.store.get<{ app_id: string }>(
    'SELECT app_id FROM entra_service_principals WHERE id = ?',
    [caller.servicePrincipalId],
  );
  if (
    owner?.app_id !== application.appId &&
    !context.store.get(
      'SELECT 1 FROM entra_application_owners WHERE app_id = ? AND owner_id = ?',
      [String(application.appId), caller.servicePrincipalId],
    )
  ) {
    throw GraphError.denied();
  }
}

/** Makes the caller an owner of what it has made, as Entra does for applications. */
export function ownApplication(
  { context, caller }: GraphCall,
  appId: string,
): void {
  context.store.run(
    'INSERT INTO entra_application_owners (app_id, owner_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
    [appId, caller.servicePrincipalId],
  );
}

/**
 * Identifier URIs are absolute and unique in the tenant.
 *
 * @throws GraphError 400
 */
export function demandIdentifierUris(
  { context }: GraphCall,
  uris: string[] = [],
  applicationId: unknown = '',
): void {
  for (const uri of uris) {
    if (!URL.canParse(uri)) {
      throw GraphError.badRequest(
        `Invalid value specified for property 'identifierUris': '${uri}' is not an absolute URI.`,
      );
    }
    const taken = context.store.get(
      `SELECT 1 FROM entra_applications a, json_each(a.attributes_json, '$.identifierUris') u
       WHERE u.value = ? AND a.id <> ? AND a.deleted_at IS NULL`,
      [uri, String(applicationId)],
    );
    if (taken) {
      throw GraphError.badRequest(
        'Another object with the same value for property identifierUris already exists.',
      );
    }
  }
}

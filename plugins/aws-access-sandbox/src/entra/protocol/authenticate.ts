import { EntraContext, GraphCaller } from './GraphCall';
import { GraphError } from './GraphError';

/**
 * Finds out who calls.
 *
 * @param header - the `Authorization` header
 * @throws GraphError 401 without a token, with an unknown or an expired one
 */
export function authenticate(
  { store, clock }: EntraContext,
  header: string | undefined,
): GraphCaller {
  const refuse = (message: string) =>
    new GraphError(401, 'InvalidAuthenticationToken', message, {
      'WWW-Authenticate': 'Bearer realm="", error="invalid_token"',
    });
  const token = /^Bearer (.+)$/i.exec(header ?? '')?.[1];
  if (!token) {
    throw refuse('Access token is empty.');
  }
  const row = store.get<{
    service_principal_id: string;
    user_id: string | null;
    permissions_json: string;
    expires_at: number | null;
  }>('SELECT * FROM entra_access_tokens WHERE token = ?', [token]);
  if (!row) {
    throw refuse('Access token validation failure. Invalid audience.');
  }
  if (row.expires_at !== null && row.expires_at <= clock.now()) {
    throw refuse('Lifetime validation failed, the token is expired.');
  }
  return {
    servicePrincipalId: row.service_principal_id,
    userId: row.user_id,
    permissions: new Set(JSON.parse(row.permissions_json)),
  };
}

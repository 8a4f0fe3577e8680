import { randomBytes, randomUUID } from 'crypto';
import express, { Router } from 'express';
import { EntraContext } from './protocol/GraphCall';

/** Entra's tokens live between 60 and 90 minutes. */
const LIFETIME_SECONDS = 3600;

/** Graph, by its address, by its application id, and by where it is emulated. */
const GRAPH_SCOPE =
  /^(https:\/\/graph\.microsoft\.com\/?|00000003-0000-0000-c000-000000000000|http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?)\/\.default$/;

/** Entra's error body of the token endpoint, which is not Graph's. */
const refusal = (error: string, code: number, description: string) => ({
  error,
  error_description: `AADSTS${code}: ${description}`,
  error_codes: [code],
  trace_id: randomUUID(),
  correlation_id: randomUUID(),
});

/**
 * The token endpoint for client credentials: `POST /{tenant}/oauth2/v2.0/token`.
 *
 * @public
 */
export function createTokenRouter(context: EntraContext): Router {
  const { store, clock } = context;
  const router = Router();
  router.post(
    '/:tenant/oauth2/v2.0/token',
    express.urlencoded({ extended: false }),
    (request, response) => {
      const { grant_type, client_id, client_secret, scope } = request.body;
      const tenant = store.get(
        'SELECT 1 FROM entra_tenant WHERE id = lower(?) OR default_domain = lower(?)',
        [request.params.tenant, request.params.tenant],
      );
      const secret = store.get<{ permissions_json: string; sp: string }>(
        `SELECT c.permissions_json, s.id AS sp FROM entra_client_secrets c
         JOIN entra_service_principals s ON s.app_id = c.app_id
         WHERE c.app_id = ? AND c.secret = ?`,
        [String(client_id ?? ''), String(client_secret ?? '')],
      );
      if (!tenant) {
        response
          .status(400)
          .json(
            refusal(
              'invalid_request',
              90002,
              `Tenant '${request.params.tenant}' not found.`,
            ),
          );
      } else if (grant_type !== 'client_credentials') {
        response
          .status(400)
          .json(
            refusal(
              'unsupported_grant_type',
              70003,
              `The app requested an unsupported grant type '${grant_type}'.`,
            ),
          );
      } else if (!String(scope ?? '').endsWith('/.default')) {
        response
          .status(400)
          .json(
            refusal(
              'invalid_scope',
              1002012,
              'The provided value for scope is not valid: client credential flows must have a scope value with /.default suffixed to the resource identifier.',
            ),
          );
      } else if (!GRAPH_SCOPE.test(scope)) {
        // A token for another service would be no good for Graph.
        response
          .status(400)
          .json(
            refusal(
              'invalid_resource',
              500011,
              `The resource principal named ${String(scope).replace(
                /\/\.default$/,
                '',
              )} was not found in the tenant.`,
            ),
          );
      } else if (!secret) {
        response
          .status(401)
          .json(
            refusal(
              'invalid_client',
              7000215,
              'Invalid client secret provided.',
            ),
          );
      } else {
        const token = randomBytes(32).toString('base64url');
        store.insert('entra_access_tokens', {
          token,
          service_principal_id: secret.sp,
          permissions_json: secret.permissions_json,
          expires_at: clock.now() + LIFETIME_SECONDS * 1000,
        });
        response.set('Cache-Control', 'no-store').json({
          token_type: 'Bearer',
          expires_in: LIFETIME_SECONDS,
          ext_expires_in: LIFETIME_SECONDS,
          access_token: token,
        });
      }
    },
  );
  return router;
}

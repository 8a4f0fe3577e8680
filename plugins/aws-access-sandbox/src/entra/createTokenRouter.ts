import { randomBytes } from 'crypto';
import express, { Request, Router } from 'express';
import { authenticateClient } from './authenticateClient';
import { EntraContext } from './protocol/GraphCall';
import { TokenRefusal } from './TokenRefusal';

/** Entra's tokens live between 60 and 90 minutes. */
const LIFETIME_SECONDS = 3600;

/** Graph, by its address, by its application id, and by where it is emulated. */
const GRAPH_SCOPE =
  /^(https:\/\/graph\.microsoft\.com\/?|00000003-0000-0000-c000-000000000000|http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?)\/\.default$/;

/**
 * The token endpoint for client credentials: `POST /{tenant}/oauth2/v2.0/token`,
 * and where a client library finds it.
 *
 * Clients speak TLS to Entra. The sandbox does not; whoever puts TLS before it
 * says so in `X-Forwarded-Proto`, because what a client signs names the address.
 *
 * @public
 */
export function createTokenRouter(context: EntraContext): Router {
  const { store, clock } = context;
  const router = Router();
  router.get(
    '/:tenant/v2.0/.well-known/openid-configuration',
    (request, response) => {
      const authority = authorityOf(request);
      response.json({
        issuer: `${authority}/v2.0`,
        authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
        token_endpoint: `${authority}/oauth2/v2.0/token`,
        jwks_uri: `${authority}/discovery/v2.0/keys`,
        token_endpoint_auth_methods_supported: [
          'client_secret_post',
          'private_key_jwt',
        ],
      });
    },
  );
  router.post(
    '/:tenant/oauth2/v2.0/token',
    express.urlencoded({ extended: false }),
    (request, response) => {
      try {
        const { grant_type, client_id, scope } = request.body;
        demandTenant(context, request.params.tenant);
        demandGrant(grant_type, String(scope ?? ''));
        const permissions = authenticateClient(
          store,
          request.body,
          `${authorityOf(request)}/oauth2/v2.0/token`,
        );
        const { sp } = store.get<{ sp: string }>(
          'SELECT id AS sp FROM entra_service_principals WHERE app_id = ?',
          [String(client_id).toLowerCase()],
        )!;
        const token = randomBytes(32).toString('base64url');
        store.insert('entra_access_tokens', {
          token,
          service_principal_id: sp,
          permissions_json: permissions,
          expires_at: clock.now() + LIFETIME_SECONDS * 1000,
        });
        response.set('Cache-Control', 'no-store').json({
          token_type: 'Bearer',
          expires_in: LIFETIME_SECONDS,
          ext_expires_in: LIFETIME_SECONDS,
          access_token: token,
        });
      } catch (error) {
        if (!(error instanceof TokenRefusal)) throw error;
        response.status(error.status).json(error.toBody());
      }
    },
  );
  return router;
}

function authorityOf(request: Request): string {
  const protocol =
    request.get('x-forwarded-proto') === 'https' ? 'https' : request.protocol;
  return `${protocol}://${request.get('host')}/${request.params.tenant}`;
}

function demandTenant({ store }: EntraContext, tenant: string): void {
  const known = store.get(
    'SELECT 1 FROM entra_tenant WHERE id = lower(?) OR default_domain = lower(?)',
    [tenant, tenant],
  );
  if (!known) {
    throw new TokenRefusal(
      400,
      'invalid_request',
      90002,
      `Tenant '${tenant}' not found.`,
    );
  }
}

function demandGrant(grantType: unknown, scope: string): void {
  if (grantType !== 'client_credentials') {
    throw new TokenRefusal(
      400,
      'unsupported_grant_type',
      70003,
      `The app requested an unsupported grant type '${grantType}'.`,
    );
  }
  if (!scope.endsWith('/.default')) {
    throw new TokenRefusal(
      400,
      'invalid_scope',
      1002012,
      'The provided value for scope is not valid: client credential flows must have a scope value with /.default suffixed to the resource identifier.',
    );
  }
  // A token for another service would be no good for Graph.
  if (!GRAPH_SCOPE.test(scope)) {
    throw new TokenRefusal(
      400,
      'invalid_resource',
      500011,
      `The resource principal named ${scope.replace(
        /\/\.default$/,
        '',
      )} was not found in the tenant.`,
    );
  }
}

import { createHash, X509Certificate } from 'crypto';
import type { SandboxStore } from '../store/SandboxStore';
import { ClientAssertion } from './ClientAssertion';
import { TokenRefusal } from './TokenRefusal';

const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** What the body of a request for a token says about who asks. */
export interface ClientClaim {
  client_id?: unknown;
  client_secret?: unknown;
  client_assertion?: unknown;
  client_assertion_type?: unknown;
}

/**
 * Finds out which application asks: by its secret, by a certificate, or by the
 * token of an issuer that it trusts.
 *
 * @param audience - the token endpoint as the caller addressed it
 * @returns what the application may do, as JSON
 * @throws TokenRefusal as Entra words it
 */
export function authenticateClient(
  store: SandboxStore,
  claim: ClientClaim,
  audience: string,
): string {
  const appId = String(claim.client_id ?? '').toLowerCase();
  const known = store.get(
    'SELECT 1 FROM entra_service_principals WHERE app_id = ?',
    [appId],
  );
  if (!known) {
    throw new TokenRefusal(
      400,
      'unauthorized_client',
      700016,
      `Application with identifier '${appId}' was not found in the directory.`,
    );
  }
  if (claim.client_assertion !== undefined) {
    if (claim.client_assertion_type !== JWT_BEARER) {
      throw new TokenRefusal(
        400,
        'invalid_request',
        900144,
        "The request body must contain the following parameter: 'client_assertion_type'.",
      );
    }
    const assertion = new ClientAssertion(String(claim.client_assertion));
    assertion.demandValidNow();
    return assertion.claims.iss === assertion.claims.sub
      ? byCertificate(store, appId, assertion, audience)
      : byFederation(store, appId, assertion);
  }
  if (claim.client_secret === undefined) {
    throw new TokenRefusal(
      401,
      'invalid_client',
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    );
  }
  const secret = store.get<{ permissions_json: string }>(
    'SELECT permissions_json FROM entra_client_secrets WHERE app_id = ? AND secret = ?',
    [appId, String(claim.client_secret)],
  );
  if (!secret) {
    throw new TokenRefusal(
      401,
      'invalid_client',
      7000215,
      'Invalid client secret provided.',
    );
  }
  return secret.permissions_json;
}

/** The application signs with its own key; Entra has the certificate to it. */
function byCertificate(
  store: SandboxStore,
  appId: string,
  assertion: ClientAssertion,
  audience: string,
): string {
  const { claims, header } = assertion;
  if (claims.sub.toLowerCase() !== appId) {
    throw new TokenRefusal(
      401,
      'invalid_client',
      700021,
      'Client assertion application identifier doesn\'t match "client_id" parameter.',
    );
  }
  if (claims.aud.toLowerCase() !== audience.toLowerCase()) {
    throw new TokenRefusal(
      401,
      'invalid_client',
      700023,
      `Client assertion audience claim does not match Realm issuer. Expected '${audience}'.`,
    );
  }
  const registered = store
    .all<{ certificate_pem: string; permissions_json: string }>(
      'SELECT certificate_pem, permissions_json FROM entra_client_certificates WHERE app_id = ?',
      [appId],
    )
    .find(({ certificate_pem }) => {
      const { raw } = new X509Certificate(certificate_pem);
      const thumbprint = (algorithm: string) =>
        createHash(algorithm).update(raw).digest('base64url');
      return header['x5t#S256']
        ? header['x5t#S256'] === thumbprint('sha256')
        : header.x5t === thumbprint('sha1');
    });
  if (!registered) throw badSignature('The key was not found.');
  const certificate = new X509Certificate(registered.certificate_pem);
  if (!assertion.isSignedBy(certificate.publicKey)) {
    throw badSignature('The signature does not match the key.');
  }
  if (Date.parse(certificate.validTo) < Date.now()) {
    throw badSignature('The key used is expired.');
  }
  return registered.permissions_json;
}

/** Somebody else vouches for the application, such as a cluster for a workload. */
function byFederation(
  store: SandboxStore,
  appId: string,
  assertion: ClientAssertion,
): string {
  const { iss, sub, aud } = assertion.claims;
  const trusted = store.all<{
    issuer: string;
    subject: string;
    audience: string;
    issuer_key_pem: string;
    permissions_json: string;
  }>('SELECT * FROM entra_federated_credentials WHERE app_id = ?', [appId]);
  const ofIssuer = trusted.filter(({ issuer }) => issuer === iss);
  if (ofIssuer.length === 0) {
    throw noMatch(700211, `issuer '${iss}'`);
  }
  const ofSubject = ofIssuer.filter(({ subject }) => subject === sub);
  if (ofSubject.length === 0) {
    throw noMatch(700213, `subject '${sub}'`);
  }
  const [match] = ofSubject.filter(({ audience }) => audience === aud);
  if (!match) {
    throw noMatch(700212, `audience '${aud}'`);
  }
  if (!assertion.isSignedBy(match.issuer_key_pem)) {
    throw badSignature('The signature does not match the key of the issuer.');
  }
  return match.permissions_json;
}

function noMatch(code: number, what: string): TokenRefusal {
  return new TokenRefusal(
    401,
    'invalid_client',
    code,
    `No matching federated identity record found for presented assertion ${what}.`,
  );
}

function badSignature(reason: string): TokenRefusal {
  return new TokenRefusal(
    401,
    'invalid_client',
    700027,
    `Client assertion contains an invalid signature. [Reason - ${reason}]`,
  );
}

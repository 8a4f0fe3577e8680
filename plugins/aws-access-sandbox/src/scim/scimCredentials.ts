import { randomBytes } from 'crypto';
import { scimIssuer } from './scimIssuer';
import type { ScimContext } from './ScimJob';

/** AWS's SCIM tokens live a year, and nothing but their console tells when one ends. */
const LIFETIME_MS = 365 * 24 * 60 * 60_000;

/** What keeps provisioning from reaching the identity store. */
export type CredentialProblem = { code: string; message: string };

/** The two secrets that a SCIM application of the gallery asks for. */
export type ScimCredentials = { baseAddress?: string; secretToken?: string };

const REFUSED =
  'SystemForCrossDomainIdentityManagementCredentialValidationUnavailable';

const withoutSlash = (url: string) => url.replace(/\/+$/, '');

/** Finds out whether the identity store takes these credentials now. */
export function checkScimCredentials(
  { store, clock }: ScimContext,
  { baseAddress, secretToken }: ScimCredentials,
): CredentialProblem | undefined {
  if (!baseAddress || !secretToken) {
    return {
      code: 'CredentialsMissing',
      message:
        'Please provide the Tenant URL and the Secret Token of the application.',
    };
  }
  if (withoutSlash(baseAddress) !== withoutSlash(scimIssuer(store))) {
    return {
      code: REFUSED,
      message: `We received this unexpected response from your application: Resource: Users, Operation: GET, Response Status Code: NotFound. The endpoint ${baseAddress} is not that of the identity store.`,
    };
  }
  const token = store.get<{ expires_at: number; revoked_at: number | null }>(
    'SELECT * FROM scim_tokens WHERE token = ?',
    [secretToken],
  );
  if (
    !token ||
    token.expires_at <= clock.now() ||
    (token.revoked_at !== null && token.revoked_at <= clock.now())
  ) {
    return {
      code: REFUSED,
      message:
        'We received this unexpected response from your application: Resource: Users, Operation: GET, Response Status Code: Unauthorized. Please check the service and try again.',
    };
  }
  return undefined;
}

/** The credentials that are saved for an enterprise application. */
export function savedScimCredentials(
  { store }: ScimContext,
  servicePrincipalId: string,
): ScimCredentials {
  const secrets = new Map(
    store
      .all<{ key: string; value: string | null }>(
        'SELECT key, value FROM entra_synchronization_secrets WHERE service_principal_id = ?',
        [servicePrincipalId],
      )
      .map(({ key, value }) => [key, value ?? undefined]),
  );
  return {
    baseAddress: secrets.get('BaseAddress'),
    secretToken: secrets.get('SecretToken'),
  };
}

/**
 * Makes a token for the SCIM endpoint, as an administrator does in the AWS console.
 *
 * @returns the token, which lives a year
 */
export function issueScimToken(
  { store, clock }: ScimContext,
  token: string = randomBytes(32).toString('base64url'),
): string {
  store.insert('scim_tokens', {
    token,
    created_at: clock.now(),
    expires_at: clock.now() + LIFETIME_MS,
  });
  return token;
}

/** Saves a new token for every application with a SCIM job, as its administrator does after the old one ended. */
export function replaceScimToken(context: ScimContext): void {
  const token = issueScimToken(context);
  context.store.run(
    `INSERT INTO entra_synchronization_secrets (service_principal_id, key, value)
     SELECT DISTINCT service_principal_id, 'SecretToken', ? FROM entra_synchronization_jobs WHERE true
     ON CONFLICT (service_principal_id, key) DO UPDATE SET value = excluded.value`,
    [token],
  );
}

/** Ends all tokens of the SCIM endpoint: the next cycle puts the job into quarantine. */
export function revokeScimTokens({ store, clock }: ScimContext): void {
  store.run('UPDATE scim_tokens SET revoked_at = ? WHERE revoked_at IS NULL', [
    clock.now(),
  ]);
}

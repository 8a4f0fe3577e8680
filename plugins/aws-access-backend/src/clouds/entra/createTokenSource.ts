import {
  ClientSecretCredential,
  ClientSecretCredentialOptions,
  getBearerTokenProvider,
  TokenCredential,
  WorkloadIdentityCredential,
} from '@azure/identity';
import { OrganizationConfig } from '../../config/AwsAccessConfig';

/**
 * Where bearer tokens for Microsoft Graph come from. Tokens are kept and renewed
 * by the identity library; a configured `accessToken` never is.
 *
 * @param transport - carries the calls to the login authority; for tests
 */
export function createTokenSource(
  config: OrganizationConfig['entra'],
  transport: Pick<ClientSecretCredentialOptions, 'httpClient'> = {},
): () => Promise<string> {
  const { credentials, tenantId } = config;
  if (credentials.type === 'accessToken') {
    return async () => credentials.token;
  }
  const credential: TokenCredential =
    credentials.type === 'clientSecret'
      ? new ClientSecretCredential(
          tenantId,
          credentials.clientId,
          credentials.clientSecret,
          {
            ...transport,
            authorityHost: credentials.authorityHost,
            // The library knows Microsoft's authorities; another one is known by
            // the configuration alone.
            disableInstanceDiscovery: credentials.authorityHost !== undefined,
          },
        )
      : new WorkloadIdentityCredential({
          ...transport,
          tenantId,
          clientId: credentials.clientId,
        });
  return getBearerTokenProvider(
    credential,
    `${new URL(config.graphUrl).origin}/.default`,
  );
}

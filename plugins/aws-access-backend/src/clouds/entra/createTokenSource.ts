import {
  ClientSecretCredential,
  getBearerTokenProvider,
  TokenCredential,
  WorkloadIdentityCredential,
} from '@azure/identity';
import { OrganizationConfig } from '../../config/AwsAccessConfig';

/**
 * Where bearer tokens for Microsoft Graph come from. Tokens are kept and renewed
 * by the identity library; a configured `accessToken` never is.
 */
export function createTokenSource(
  config: OrganizationConfig['entra'],
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
          { authorityHost: credentials.authorityHost },
        )
      : new WorkloadIdentityCredential({
          tenantId,
          clientId: credentials.clientId,
        });
  return getBearerTokenProvider(
    credential,
    `${new URL(config.graphUrl).origin}/.default`,
  );
}

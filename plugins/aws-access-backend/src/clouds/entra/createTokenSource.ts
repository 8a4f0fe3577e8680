import {
  getBearerTokenProvider,
  TokenCredential,
  TokenCredentialOptions,
} from '@azure/identity';
import { OrganizationConfig } from '../../config/AwsAccessConfig';
import { classifyTokenFailure } from './classifyTokenFailure';
import { createCredential } from './createCredential';
import { readCertificate } from './readCertificate';

/**
 * Where bearer tokens for Microsoft Graph come from. Tokens are kept and renewed
 * by the identity library; a configured `accessToken` never is. Nothing is looked
 * at before the first token is needed, so that one organization's mistake does
 * not keep the plugin from starting for the others.
 *
 * @param transport - how the login authority is called; for tests
 * @returns the token; throws CloudError
 */
export function createTokenSource(
  config: OrganizationConfig['entra'],
  transport: Pick<TokenCredentialOptions, 'tlsOptions'> = {},
): () => Promise<string> {
  const { credentials } = config;
  if (credentials.type === 'accessToken') {
    return async () => credentials.token;
  }
  let credential: TokenCredential | undefined;
  const provide = getBearerTokenProvider(
    {
      async getToken(scopes, options) {
        if (credentials.type === 'certificate') {
          await readCertificate(
            credentials.certificatePath,
            credentials.certificatePassword,
          );
        }
        credential ??= createCredential(config, credentials, transport);
        return credential.getToken(scopes, options);
      },
    },
    `${new URL(config.graphUrl).origin}/.default`,
  );
  return async () => {
    try {
      return await provide();
    } catch (error) {
      throw classifyTokenFailure(error, credentials.type);
    }
  };
}

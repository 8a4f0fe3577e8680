import {
  ClientCertificateCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
  TokenCredential,
  TokenCredentialOptions,
  WorkloadIdentityCredential,
} from '@azure/identity';
import { OrganizationConfig } from '../../config/AwsAccessConfig';
import { EntraCredentials } from '../../config/entraCredentialsSchema';

/** Without it a login authority that never answers would hold every call to Graph. */
const TIMEOUT_MS = 20_000;

/**
 * The identity library's credential for what is configured.
 *
 * @param transport - how the login authority is called; for tests
 * @throws what the library throws where the environment lacks what it needs
 */
export function createCredential(
  { tenantId }: Pick<OrganizationConfig['entra'], 'tenantId'>,
  credentials: Exclude<EntraCredentials, { type: 'accessToken' }>,
  transport: Pick<TokenCredentialOptions, 'tlsOptions'>,
): TokenCredential {
  const calls: TokenCredentialOptions = {
    ...transport,
    additionalPolicies: [
      {
        position: 'perCall',
        policy: {
          name: 'awsAccessTimeout',
          sendRequest(request, next) {
            request.timeout = TIMEOUT_MS;
            return next(request);
          },
        },
      },
    ],
  };
  if (credentials.type === 'managedIdentity') {
    const { clientId } = credentials;
    return new ManagedIdentityCredential({
      ...calls,
      ...(clientId && { clientId }),
    });
  }
  const { authorityHost, clientId } = credentials;
  const options = {
    ...calls,
    // Calls to Graph are repeated by us, with their token.
    retryOptions: { maxRetries: 0 },
    ...(authorityHost && {
      authorityHost,
      // The library knows Microsoft's authorities; another one is known by the
      // configuration alone.
      disableInstanceDiscovery: true,
    }),
  };
  switch (credentials.type) {
    case 'clientSecret':
      return new ClientSecretCredential(
        tenantId,
        clientId,
        credentials.clientSecret,
        options,
      );
    case 'certificate':
      return new ClientCertificateCredential(
        tenantId,
        clientId,
        {
          certificatePath: credentials.certificatePath,
          certificatePassword: credentials.certificatePassword,
        },
        {
          ...options,
          sendCertificateChain: credentials.sendCertificateChain,
        },
      );
    default:
      return new WorkloadIdentityCredential({
        ...options,
        tenantId,
        clientId,
        tokenFilePath: credentials.tokenFilePath,
      });
  }
}

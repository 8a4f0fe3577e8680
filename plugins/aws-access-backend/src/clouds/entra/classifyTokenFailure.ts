import { EntraCredentials } from '../../config/entraCredentialsSchema';
import { CloudError } from '../CloudError';
import { networkErrorCode } from '../networkErrorCode';

/** Entra's own numbers (AADSTS...) of what only people can mend, and how. */
const WORDS: Record<string, string> = {
  '90002':
    'Microsoft Entra ID knows no tenant with the id at entra.tenantId. Put the right one there.',
  '700016':
    'Microsoft Entra ID knows no application with the id at entra.credentials.clientId in this tenant. Put the application id of the app registration there.',
  '7000215':
    'Microsoft Entra ID does not accept the client secret of this product. Put the value of the secret, not its id, at entra.credentials.clientSecret.',
  '7000222':
    'The client secret or certificate of this product has expired. Make a new one in the app registration and put it into the configuration.',
  '700027':
    'Microsoft Entra ID does not accept the certificate of this product. Add it to the app registration, or put one that is there at entra.credentials.certificatePath.',
  '700024':
    'Microsoft Entra ID finds the time in what this product has signed wrong. Set the clock of this machine, or renew the token of the workload.',
  '700211':
    'Microsoft Entra ID trusts nobody who issues tokens like the one of this workload. Add a federated credential with its issuer to the app registration.',
  '700212':
    'The token of this workload is for somebody else than Microsoft Entra ID. Its audience and that of the federated credential must both be api://AzureADTokenExchange.',
  '700213':
    'Microsoft Entra ID has no federated credential for this workload. Add one with its subject, such as the service account of the portal, to the app registration.',
};

/** Where Entra was not even asked: what the machine should have had. */
const WITHOUT_ASKING: Partial<Record<EntraCredentials['type'], string>> = {
  workloadIdentity:
    'This workload has no token to sign in to Microsoft Entra ID with. Let the cluster put one into a file, and name the file at entra.credentials.tokenFilePath or in AZURE_FEDERATED_TOKEN_FILE.',
  managedIdentity:
    'This machine offers no managed identity to sign in to Microsoft Entra ID with. Assign one to it, or choose another type at entra.credentials.',
};

/** Entra's fault, not ours: the same request may succeed soon. */
const PASSING =
  /AADSTS(90033|90055|90014|50196)\b|temporarily_unavailable|endpoints_resolution_error|network_error|openid_config_error|server_error|timed? ?out/i;

/**
 * Turns what the identity library threw into a CloudError. A fault that passes
 * must not pass for wrong credentials: operators would be called for it.
 */
export function classifyTokenFailure(
  thrown: unknown,
  type: EntraCredentials['type'],
): CloudError {
  if (thrown instanceof CloudError) return thrown;
  const error = thrown as Error & { cause?: { errorCode?: string } };
  const text = [error?.message, error?.cause?.errorCode].join(' ');
  const number = /AADSTS(\d+)/.exec(text)?.[1];
  const network = networkErrorCode(error);
  const words = number && WORDS[number];
  const passes = !words && (network !== undefined || PASSING.test(text));
  return new CloudError({
    kind: passes ? 'retryLater' : 'credentials',
    cloud: 'entra',
    operation: 'entra:GetToken',
    code: number ? `AADSTS${number}` : network ?? error?.name ?? 'UnknownError',
    cloudMessage: error?.message ?? String(thrown),
    plainWords: passes
      ? 'The sign-in of Microsoft Entra ID cannot be reached or is busy'
      : words ||
        (number === undefined && WITHOUT_ASKING[type]) ||
        'Microsoft Entra ID gives this product no token; its credentials are wrong or expired',
    cause: thrown,
  });
}

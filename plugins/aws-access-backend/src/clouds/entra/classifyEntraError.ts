import { CloudError, CloudErrorKind } from '../CloudError';
import { TurnGivenBackError } from '../RequestLimiter';
import { networkErrorCode } from '../networkErrorCode';
import { graphPermissionFor } from './graphPermissionFor';

/**
 * Graph's own words for an object that is not there, e.g. `Request_ResourceNotFound`
 * and `ItemNotFound`. A proxy's 404 says nothing of the object: taken for Graph's,
 * access would count as removed and people as gone.
 */
const GRAPHS_NOT_FOUND = /NotFound$/i;

/** What Graph answered when it did not answer with success. */
export interface GraphRefusal {
  status: number;
  /** Graph's own code; empty when the answer was not Graph's. */
  code: string;
  message: string;
  retryAfterMs: number | undefined;
}

/**
 * Turns a refusal of Microsoft Graph into a CloudError.
 *
 * @param operation - e.g. `graph:GET /groups/{id}`
 */
export function classifyGraphRefusal(
  operation: string,
  refusal: GraphRefusal,
): CloudError {
  const [kind, plainWords] = explain(operation, refusal);
  return new CloudError({
    kind,
    cloud: 'entra',
    operation,
    code: refusal.code || String(refusal.status),
    cloudMessage: refusal.message,
    plainWords,
    retryAfterMs: refusal.retryAfterMs,
  });
}

/**
 * Turns what was thrown before an answer came into a CloudError: no network, no
 * token, or our own refusal to send. A CloudError passes unchanged.
 */
export function classifyGraphFailure(
  operation: string,
  thrown: unknown,
): CloudError {
  if (thrown instanceof CloudError) return thrown;
  if (thrown instanceof TurnGivenBackError) {
    return new CloudError({
      kind: 'retryLater',
      cloud: 'entra',
      operation,
      code: 'TooManyRequests',
      cloudMessage: '',
      plainWords: 'Microsoft Graph asks to be left alone for a while',
      retryAfterMs: thrown.retryAfterMs,
      cause: thrown,
    });
  }
  const error = thrown as Error;
  const network = networkErrorCode(error);
  const [kind, plainWords] = network
    ? (['retryLater', 'Microsoft Graph could not be reached'] as const)
    : explainFailure(error);
  return new CloudError({
    kind,
    cloud: 'entra',
    operation,
    code: network ?? error?.name ?? 'UnknownError',
    cloudMessage: error?.message ?? String(thrown),
    plainWords,
    cause: thrown,
  });
}

function explainFailure(error: Error): [CloudErrorKind, string] {
  // What @azure/identity throws; its message may name the tenant and client, so it stays with operators.
  if (/Authentication|Credential/.test(error?.name ?? '')) {
    return [
      'credentials',
      'Microsoft Entra ID gives this product no token; its credentials are wrong or expired',
    ];
  }
  return [
    // A page of a proxy, for example.
    error instanceof SyntaxError ? 'retryLater' : 'permanent',
    'The answer of Microsoft Graph could not be read',
  ];
}

function explain(
  operation: string,
  { status, code }: GraphRefusal,
): [CloudErrorKind, string] {
  switch (status) {
    case 401:
      return [
        'credentials',
        'Microsoft Graph does not accept the credentials of this product',
      ];
    case 403:
      return [
        'permanent',
        `Microsoft Graph does not allow this product to do that; its application lacks ${
          graphPermissionFor(operation) ?? 'a permission'
        }`,
      ];
    case 404:
      return GRAPHS_NOT_FOUND.test(code)
        ? ['notFound', 'Microsoft Entra ID does not know what was asked for']
        : [
            'retryLater',
            'Something before Microsoft Graph answered that there is nothing; whether there is, is not known',
          ];
    case 409:
    case 423:
      return [
        'retryLater',
        'Microsoft Entra ID is still busy with another change of the same object',
      ];
    case 424:
      return [
        'retryLater',
        'Microsoft Graph left this call out because another one failed',
      ];
    case 408:
      return ['retryLater', 'Microsoft Graph took too long'];
    case 429:
      return [
        'retryLater',
        'Microsoft Graph takes fewer calls at the moment than it gets',
      ];
    default:
      return status >= 500
        ? ['retryLater', 'Microsoft Graph had a fault of its own']
        : ['permanent', `Microsoft Graph refused the call (${code || status})`];
  }
}

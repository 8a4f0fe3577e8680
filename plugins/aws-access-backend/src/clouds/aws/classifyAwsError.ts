import { CloudError, CloudErrorKind } from '../CloudError';
import { TurnGivenBackError } from '../RequestLimiter';
import { networkErrorCode } from '../networkErrorCode';

interface SdkError extends Error {
  $metadata?: { httpStatusCode?: number };
  $response?: { headers?: Record<string, string> };
}

const EXPIRED: [CloudErrorKind, string] = [
  'credentials',
  'The temporary AWS credentials of this product have expired',
];
const UNKNOWN: [CloudErrorKind, string] = [
  'credentials',
  'AWS does not know the credentials of this product',
];
const WRONG_SECRET: [CloudErrorKind, string] = [
  'credentials',
  'AWS does not accept the credentials of this product; the secret key is wrong',
];

const WORDS: Record<string, [CloudErrorKind, string]> = {
  ThrottlingException: [
    'retryLater',
    'AWS takes fewer calls at the moment than it gets',
  ],
  TooManyRequestsException: [
    'retryLater',
    'AWS takes fewer calls at the moment than it gets',
  ],
  // A write that has not propagated, or one that overlaps on the same object.
  ConflictException: [
    'retryLater',
    'AWS is still busy with another change of the same object',
  ],
  ConcurrentModificationException: [
    'retryLater',
    'AWS is still busy with another change of the same object',
  ],
  ExpiredTokenException: EXPIRED,
  // The same in the words of the Security Token Service.
  ExpiredToken: EXPIRED,
  RequestTimeTooSkewed: [
    'retryLater',
    'The clock of this machine differs from AWS by minutes',
  ],
  ResourceNotFoundException: [
    'notFound',
    'AWS does not know what was asked for',
  ],
  AccountNotFoundException: [
    'notFound',
    'The account is not in the AWS organization',
  ],
  ChildNotFoundException: [
    'notFound',
    'The account is not in the AWS organization',
  ],
  TargetNotFoundException: [
    'notFound',
    'The account is not in the AWS organization',
  ],
  OrganizationalUnitNotFoundException: [
    'notFound',
    'The organizational unit is not there any more',
  ],
  ParentNotFoundException: [
    'notFound',
    'The organizational unit is not there any more',
  ],
  // Only the Security Token Service words it like this.
  AccessDenied: [
    'credentials',
    'AWS does not let this product assume the role at aws.credentials.roleArn; its trust policy must name whom the backend runs as',
  ],
  UnrecognizedClientException: UNKNOWN,
  InvalidClientTokenId: UNKNOWN,
  InvalidSignatureException: WRONG_SECRET,
  SignatureDoesNotMatch: WRONG_SECRET,
  InvalidIdentityToken: [
    'credentials',
    'AWS does not accept the identity of this workload; the identity provider in IAM must be the one that issues its token',
  ],
  IDPRejectedClaim: [
    'credentials',
    'AWS does not accept the identity of this workload; the identity provider in IAM must be the one that issues its token',
  ],
  CredentialsProviderError: [
    'credentials',
    'No AWS credentials were found where the configuration says they are',
  ],
  ServiceQuotaExceededException: [
    'permanent',
    'A quota of the AWS service is used up',
  ],
  ValidationException: ['permanent', 'AWS does not accept the input'],
  InvalidInputException: ['permanent', 'AWS does not accept the input'],
  AWSOrganizationsNotInUseException: [
    'credentials',
    'The credentials belong to an account that is in no AWS organization',
  ],
};

/**
 * Turns what an AWS client threw into a CloudError: once, here, where AWS's
 * codes are known. A CloudError passes unchanged.
 *
 * @param operation - e.g. `sso-admin:ListPermissionSets`
 */
export function classifyAwsError(
  operation: string,
  thrown: unknown,
): CloudError {
  if (thrown instanceof CloudError) return thrown;
  const error = thrown as SdkError;
  const code = error?.name ?? 'UnknownError';
  const [kind, words] = explain(operation, error, code);
  return new CloudError({
    kind,
    cloud: 'aws',
    operation,
    code: networkErrorCode(error) ?? code,
    cloudMessage: error?.message ?? String(thrown),
    plainWords: words,
    retryAfterMs: retryAfter(error),
    cause: thrown,
  });
}

/**
 * Whether AWS refused the call for the rate of calls. That too many operations
 * are under way is said by the same code, but slower calls do not help it.
 */
export function throttlingOf(
  thrown: unknown,
): { retryAfterMs: number | undefined } | undefined {
  const error = thrown as SdkError;
  const isThrottled =
    error?.name === 'ThrottlingException' ||
    error?.name === 'TooManyRequestsException' ||
    error?.$metadata?.httpStatusCode === 429;
  if (!isThrottled || /requests processing/i.test(error.message)) {
    return undefined;
  }
  return { retryAfterMs: retryAfter(error) };
}

function explain(
  operation: string,
  error: SdkError,
  code: string,
): [CloudErrorKind, string] {
  if (error instanceof TurnGivenBackError) {
    return ['retryLater', 'AWS asks to be left alone for a while'];
  }
  const known = WORDS[code];
  if (known) return known;
  if (code === 'AccessDeniedException') {
    return ['permanent', describeDenial(operation, error.message)];
  }
  const status = error?.$metadata?.httpStatusCode;
  if (networkErrorCode(error)) {
    return ['retryLater', 'AWS could not be reached'];
  }
  if (error instanceof SyntaxError || code === 'SyntaxError') {
    return [
      'retryLater',
      'Something before AWS answered in its place, in words that are not those of AWS',
    ];
  }
  if (status !== undefined && status >= 500) {
    return ['retryLater', 'AWS had a fault of its own'];
  }
  if (status === 429) {
    return ['retryLater', 'AWS takes fewer calls at the moment than it gets'];
  }
  return ['permanent', `AWS refused the call (${code})`];
}

/** AWS says which action it was, but not always: then it is the operation's own. */
function describeDenial(operation: string, message: string): string {
  const action =
    /not authorized to perform:? ([a-z0-9-]+:[A-Za-z]+)/.exec(message)?.[1] ??
    operation.replace(/^sso-admin:/, 'sso:');
  // An explicit deny stands beside a permission, which then does not help.
  return /explicit deny/i.test(message)
    ? `AWS does not allow this product to do that; a policy denies ${action} to its role`
    : `AWS does not allow this product to do that; its role lacks the permission ${action}`;
}

function retryAfter(error: SdkError): number | undefined {
  if (error instanceof TurnGivenBackError) return error.retryAfterMs;
  const seconds = Number(error?.$response?.headers?.['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined;
}

import { createHash } from 'node:crypto';
import type { Request } from 'express';
import type { SandboxContext } from '../../server/SandboxContext';
import { AwsError } from './AwsError';

/** Who signed a request, and what that account is to the organization. */
export interface AwsCaller {
  readonly accessKeyId: string;
  readonly accountId: string;
  readonly principalArn: string;
  /** The Region that the request was signed for. */
  readonly region: string;
  /** `delegated`: the account is a delegated administrator of IAM Identity Center. */
  readonly kind: 'management' | 'delegated' | 'member';
}

const CREDENTIAL =
  /^AWS4-HMAC-SHA256 .*?Credential=([^/\s,]+)\/\d{8}\/([^/\s,]+)\/([^/\s,]+)\/aws4_request/;

/** The service principal under which Identity Center is delegated. */
const IDENTITY_CENTER_PRINCIPAL = 'sso.amazonaws.com';

/** The session token that belongs to a temporary access key: there are no secrets here, so it follows from the key. */
export function sessionTokenOf(accessKeyId: string): string {
  return createHash('sha512').update(accessKeyId).digest('base64');
}

/**
 * Reads the caller from a Signature Version 4 header, and for a temporary key from its session token.
 *
 * The signature itself is not checked: the sandbox holds no secrets, so any secret is right for a known key.
 *
 * @throws AwsError with the codes that AWS's front door uses before a request reaches a service
 */
export function identifyCaller(
  context: SandboxContext,
  request: Pick<Request, 'get'>,
  signingName: string,
): AwsCaller {
  const authorization = request.get('authorization');
  if (!authorization) {
    throw new AwsError(
      'MissingAuthenticationToken',
      'Missing Authentication Token',
    );
  }
  const credential = CREDENTIAL.exec(authorization);
  if (!credential) {
    throw new AwsError(
      'IncompleteSignature',
      'Authorization header requires a Credential parameter of the form <access key>/<date>/<region>/<service>/aws4_request',
    );
  }
  const [, accessKeyId, region, service] = credential;
  const key = context.store.get<{
    account_id: string;
    principal_arn: string;
    expires_at: number | null;
  }>('SELECT * FROM aws_access_keys WHERE access_key_id = ?', [accessKeyId]);
  // A client that forgets the token of a role would work here and nowhere else.
  const isRightToken =
    key?.expires_at === null ||
    request.get('x-amz-security-token') === sessionTokenOf(accessKeyId);
  if (!key || !isRightToken) {
    throw new AwsError(
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    );
  }
  if (key.expires_at !== null && key.expires_at <= context.clock.now()) {
    throw new AwsError(
      'ExpiredTokenException',
      'The security token included in the request is expired',
    );
  }
  if (service !== signingName) {
    throw new AwsError(
      'InvalidSignatureException',
      `Credential should be scoped to correct service: '${signingName}'.`,
    );
  }
  return {
    accessKeyId,
    accountId: key.account_id,
    principalArn: key.principal_arn,
    region,
    kind: kindOf(context, key.account_id),
  };
}

function kindOf(context: SandboxContext, accountId: string): AwsCaller['kind'] {
  const organization = context.store.get<{ management_account_id: string }>(
    'SELECT management_account_id FROM aws_organization',
  );
  if (organization?.management_account_id === accountId) {
    return 'management';
  }
  const delegated = context.store.get(
    'SELECT 1 FROM aws_delegated_administrators WHERE account_id = ? AND service_principal = ?',
    [accountId, IDENTITY_CENTER_PRINCIPAL],
  );
  return delegated ? 'delegated' : 'member';
}

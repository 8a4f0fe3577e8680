import { classifyAwsError } from './classifyAwsError';

const sdkError = (name: string, status?: number, extra: object = {}) =>
  Object.assign(new Error(`cloud says ${name}`), {
    name,
    $metadata: { httpStatusCode: status },
    ...extra,
  });

describe('classifyAwsError', () => {
  it.each([
    ['ThrottlingException', 400, 'retryLater'],
    ['TooManyRequestsException', 400, 'retryLater'],
    ['ConflictException', 400, 'retryLater'],
    ['ConcurrentModificationException', 400, 'retryLater'],
    ['InternalServerException', 500, 'retryLater'],
    ['ServiceUnavailable', 503, 'retryLater'],
    ['SomethingNew', 429, 'retryLater'],
    ['ExpiredTokenException', 400, 'credentials'],
    ['ExpiredToken', 403, 'credentials'],
    ['AccessDenied', 403, 'credentials'],
    ['InvalidClientTokenId', 403, 'credentials'],
    ['SignatureDoesNotMatch', 403, 'credentials'],
    ['InvalidIdentityToken', 400, 'credentials'],
    ['ResourceNotFoundException', 400, 'notFound'],
    ['AccountNotFoundException', 400, 'notFound'],
    // What a proxy answers is no word of the service about the object.
    ['UnknownError', 404, 'permanent'],
    ['SyntaxError', 404, 'retryLater'],
    ['SyntaxError', 200, 'retryLater'],
    ['ChildNotFoundException', 400, 'notFound'],
    ['OrganizationalUnitNotFoundException', 400, 'notFound'],
    ['AccessDeniedException', 400, 'permanent'],
    ['UnrecognizedClientException', 400, 'credentials'],
    ['ValidationException', 400, 'permanent'],
    ['ServiceQuotaExceededException', 402, 'permanent'],
    ['CredentialsProviderError', undefined, 'credentials'],
    ['SomethingNew', 400, 'permanent'],
  ])('%s with status %s is %s', (name, status, kind) => {
    const error = classifyAwsError(
      'sso-admin:ListInstances',
      sdkError(name, status),
    );
    expect(error).toMatchObject({
      kind,
      cloud: 'aws',
      operation: 'sso-admin:ListInstances',
      code: name,
      cloudMessage: `cloud says ${name}`,
    });
    // The cloud's own words are for operators only (security rule 30).
    expect(error.message).not.toContain('cloud says');
  });

  it.each([
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ENETDOWN',
    'EHOSTDOWN',
    'EADDRNOTAVAIL',
  ])('retries where the network is away: %s', code => {
    const thrown = Object.assign(new Error(`connect ${code}`), { code });
    expect(classifyAwsError('sso-admin:ListInstances', thrown)).toMatchObject({
      kind: 'retryLater',
      code,
    });
  });

  it('retries what never got an answer, also where the cause is hidden', () => {
    const refused = Object.assign(new Error('connect'), {
      code: 'ECONNREFUSED',
    });
    for (const thrown of [
      refused,
      new TypeError('fetch failed', { cause: refused }),
      sdkError('TimeoutError'),
      sdkError('AbortError'),
    ]) {
      expect(classifyAwsError('sso-admin:ListInstances', thrown)).toMatchObject(
        { kind: 'retryLater', message: 'AWS could not be reached' },
      );
    }
  });

  it.each([
    [
      'User: arn:aws:sts::1:assumed-role/portal/x is not authorized to perform: sso:GetPermissionSet on resource: arn:aws:sso:::instance/ssoins-1',
      'its role lacks the permission sso:GetPermissionSet',
    ],
    [
      'User: arn:aws:sts::1:assumed-role/portal/x is not authorized to perform: iam:GetSAMLProvider on resource: x with an explicit deny in a service control policy',
      'a policy denies iam:GetSAMLProvider to its role',
    ],
    // Organizations names nothing.
    [
      "You don't have permissions to access this resource.",
      'its role lacks the permission sso:DeleteAccountAssignment',
    ],
  ])('names the permission that is missing: %s', (message, words) => {
    expect(
      classifyAwsError(
        'sso-admin:DeleteAccountAssignment',
        Object.assign(new Error(message), { name: 'AccessDeniedException' }),
      ),
    ).toMatchObject({
      kind: 'permanent',
      message: `AWS does not allow this product to do that; ${words}`,
    });
  });

  it('says how long the cloud asked to wait', () => {
    expect(
      classifyAwsError(
        'organizations:ListAccounts',
        sdkError('TooManyRequestsException', 400, {
          $response: { headers: { 'retry-after': '3' } },
        }),
      ).retryAfterMs,
    ).toBe(3000);
  });

  it('is never handed a defect that it calls harmless', () => {
    expect(
      classifyAwsError('sso-admin:ListInstances', new TypeError('x of null')),
    ).toMatchObject({ kind: 'permanent' });
  });
});

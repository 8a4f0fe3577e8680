import {
  classifyGraphFailure,
  classifyGraphRefusal,
} from './classifyEntraError';

describe('classifyGraphRefusal', () => {
  it.each([
    [400, 'Request_BadRequest', 'permanent'],
    [401, 'InvalidAuthenticationToken', 'permanent'],
    [403, 'Authorization_RequestDenied', 'permanent'],
    [404, 'Request_ResourceNotFound', 'notFound'],
    [404, 'ResourceNotFound', 'notFound'],
    [404, 'itemNotFound', 'notFound'],
    [404, '', 'retryLater'],
    [404, 'UnknownError', 'retryLater'],
    [409, 'Conflict', 'retryLater'],
    [423, '', 'retryLater'],
    [429, 'TooManyRequests', 'retryLater'],
    [500, '', 'retryLater'],
    [503, 'serviceNotAvailable', 'retryLater'],
    [504, '', 'retryLater'],
  ])('%s %s is %s', (status, code, kind) => {
    const error = classifyGraphRefusal('graph:GET /groups/{id}', {
      status,
      code,
      message: 'graph says no',
      retryAfterMs: 2000,
    });
    expect(error).toMatchObject({
      kind,
      cloud: 'entra',
      code: code || String(status),
      cloudMessage: 'graph says no',
      retryAfterMs: 2000,
    });
    expect(error.message).not.toContain('graph says no');
  });
});

describe('classifyGraphFailure', () => {
  it.each([
    [
      new TypeError('fetch failed', {
        cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }),
      }),
      'retryLater',
      'Microsoft Graph could not be reached',
    ],
    [new DOMException('late', 'TimeoutError'), 'retryLater', 'reached'],
    [
      Object.assign(new Error('AADSTS7000215'), {
        name: 'AuthenticationRequiredError',
      }),
      'permanent',
      'credentials are wrong or expired',
    ],
    [new SyntaxError('Unexpected token <'), 'permanent', 'could not be read'],
  ])('%s is %s', (thrown, kind, words) => {
    expect(classifyGraphFailure('graph:GET /users', thrown)).toMatchObject({
      kind,
      message: expect.stringContaining(words),
    });
  });
});

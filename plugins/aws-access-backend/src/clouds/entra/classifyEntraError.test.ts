import {
  addMemberWrite,
  assignGroupToApplicationWrite,
  createGroupWrite,
  deleteGroupWrite,
  provisionOnDemandWrite,
  removeApplicationAssignmentWrite,
  removeMemberWrite,
} from '../entraWrites';
import {
  classifyGraphFailure,
  classifyGraphRefusal,
} from './classifyEntraError';

describe('classifyGraphRefusal', () => {
  it.each([
    [400, 'Request_BadRequest', 'permanent'],
    [401, 'InvalidAuthenticationToken', 'credentials'],
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

describe('a refusal of Microsoft Graph', () => {
  it.each([
    ['graph:GET /organization', 'Organization.Read.All'],
    ['graph:GET /users/1', 'User.Read.All'],
    ['graph:GET /groups/1/members', 'GroupMember.Read.All'],
    ['graph:GET /servicePrincipals/1', 'Application.Read.All'],
    [
      createGroupWrite({ uniqueName: '', displayName: '', description: '' })
        .operation,
      'Group.Create',
    ],
    [addMemberWrite('', '').operation, 'GroupMember.ReadWrite.All'],
    [removeMemberWrite('', '').operation, 'GroupMember.ReadWrite.All'],
    [deleteGroupWrite('').operation, 'Group.Create'],
    [
      assignGroupToApplicationWrite('').operation,
      'AppRoleAssignment.ReadWrite.All',
    ],
    [
      removeApplicationAssignmentWrite('').operation,
      'AppRoleAssignment.ReadWrite.All',
    ],
    [provisionOnDemandWrite('', []).operation, 'Synchronization.ReadWrite.All'],
    ['graph:GET $batch', 'a permission'],
  ])('of %s names %s', (operation, permission) => {
    expect(
      classifyGraphRefusal(operation, {
        status: 403,
        code: 'Authorization_RequestDenied',
        message: 'no',
        retryAfterMs: undefined,
      }).message,
    ).toBe(
      `Microsoft Graph does not allow this product to do that; its application lacks ${permission}`,
    );
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
      'credentials',
      'credentials are wrong or expired',
    ],
    [new SyntaxError('Unexpected token <'), 'retryLater', 'could not be read'],
    [new TypeError('x of null'), 'permanent', 'could not be read'],
  ])('%s is %s', (thrown, kind, words) => {
    expect(classifyGraphFailure('graph:GET /users', thrown)).toMatchObject({
      kind,
      message: expect.stringContaining(words),
    });
  });
});

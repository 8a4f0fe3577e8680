import type { SandboxContext } from '../../server/SandboxContext';
import type { SandboxLimits } from '../../server/SandboxLimits';
import { AwsError } from '../protocol/AwsError';
import { type AwsService, operationsByName } from '../protocol/AwsService';
import { toValidationException } from '../protocol/parseInput';
import { TokenBucket } from '../protocol/TokenBucket';
import { accessControlOperations } from './accessControlAttributes';
import { assignmentListOperations } from './assignmentLists';
import { assignmentOperations } from './assignmentOperations';
import { authorizeSsoAdmin } from './delegation';
import { inlinePolicyOperations } from './inlinePolicies';
import { instanceOperations } from './instances';
import { permissionSetOperations } from './permissionSets';
import { policyOperations } from './policies';
import { provisioningOperations } from './provisioningOperations';
import { regionOperations } from './regionOperations';
import { tagOperations } from './tags';

/** IAM Identity Center: instances, permission sets and account assignments. */
export function createSsoAdminService(
  context: Pick<SandboxContext, 'clock'>,
  limits: () => SandboxLimits,
): AwsService {
  return {
    targetPrefix: 'SWBExternalService',
    signingName: 'sso',
    eventSource: 'sso.amazonaws.com',
    operations: operationsByName(
      instanceOperations,
      permissionSetOperations,
      policyOperations,
      inlinePolicyOperations,
      tagOperations,
      regionOperations,
      accessControlOperations,
      provisioningOperations,
      assignmentOperations(limits),
      assignmentListOperations,
    ),
    bucket: new TokenBucket(
      context.clock,
      () => limits().ssoAdminRequestsPerSecond,
    ),
    toThrottlingError: () =>
      new AwsError('ThrottlingException', 'Rate exceeded'),
    toInputError: toValidationException,
    authorize: authorizeSsoAdmin,
  };
}

import type { SandboxContext } from '../../server/SandboxContext';
import type { SandboxLimits } from '../../server/SandboxLimits';
import { AwsError } from '../protocol/AwsError';
import {
  type AwsCall,
  type AwsService,
  operationsByName,
} from '../protocol/AwsService';
import { toValidationException } from '../protocol/parseInput';
import { TokenBucket } from '../protocol/TokenBucket';
import { regionOf } from '../ssoadmin/regions';
import { groupOperations } from './groups';
import { membershipOperations } from './memberships';
import { updateOperations } from './updates';
import { userOperations } from './users';

/**
 * The identity store of IAM Identity Center: users, groups and memberships.
 *
 * It can be written through the API even where SCIM feeds it, as the real one can.
 */
export function createIdentityStoreService(
  context: Pick<SandboxContext, 'clock'>,
  limits: () => SandboxLimits,
): AwsService {
  return {
    targetPrefix: 'AWSIdentityStore',
    signingName: 'identitystore',
    eventSource: 'identitystore.amazonaws.com',
    operations: operationsByName(
      userOperations,
      groupOperations,
      membershipOperations,
      updateOperations,
    ),
    bucket: new TokenBucket(
      context.clock,
      () => limits().identityStoreRequestsPerSecond,
    ),
    toThrottlingError: () =>
      new AwsError('ThrottlingException', 'Rate exceeded'),
    toInputError: toValidationException,
    authorize: authorizeIdentityStore,
  };
}

/**
 * Any account of the organization may read, as AWS says of each of the reading operations. Writing belongs to those who
 * administer Identity Center, and to the primary Region.
 */
function authorizeIdentityStore(call: AwsCall): void {
  const { caller, operation } = call;
  const region = regionOf(call);
  if (region === 'elsewhere') {
    throw AwsError.notFound('IDENTITY_STORE not found.', {
      ResourceType: 'IDENTITY_STORE',
      RequestId: call.requestId,
    });
  }
  if (!/^(Create|Update|Delete)/.test(operation)) {
    return;
  }
  if (caller.kind === 'member') {
    throw AwsError.denied(
      caller.principalArn,
      `identitystore:${operation}`,
      '*',
    );
  }
  if (region === 'additional') {
    throw AwsError.validation(
      'The operation is available only in the primary Region of the instance.',
    );
  }
}

import type { SandboxContext } from '../../server/SandboxContext';
import type { SandboxLimits } from '../../server/SandboxLimits';
import { AwsError } from '../protocol/AwsError';
import { type AwsService, operationsByName } from '../protocol/AwsService';
import { toValidationException } from '../protocol/parseInput';
import { TokenBucket } from '../protocol/TokenBucket';
import { groupOperations } from './groups';
import { membershipOperations } from './memberships';
import { userOperations } from './users';

/**
 * The identity store of IAM Identity Center: users, groups and memberships.
 *
 * It can be written through the API even where SCIM feeds it, as the real one can.
 */
export function createIdentityStoreService(
  context: SandboxContext,
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
    ),
    bucket: new TokenBucket(
      context.clock,
      () => limits().identityStoreRequestsPerSecond,
    ),
    toThrottlingError: () =>
      new AwsError('ThrottlingException', 'Rate exceeded'),
    toInputError: toValidationException,
    authorize({ caller, operation }) {
      if (caller.kind === 'member') {
        throw AwsError.denied(
          caller.principalArn,
          `identitystore:${operation}`,
          '*',
        );
      }
    },
  };
}

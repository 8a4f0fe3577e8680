import type { SandboxContext } from '../../server/SandboxContext';
import type { SandboxLimits } from '../../server/SandboxLimits';
import { AwsError } from '../protocol/AwsError';
import { type AwsService, operationsByName } from '../protocol/AwsService';
import { TokenBucket } from '../protocol/TokenBucket';
import { accountOperations } from './accounts';
import { hierarchyOperations } from './hierarchy';
import { tagOperations } from './tags';

/** AWS Organizations: accounts, organizational units and their tags, to read. */
export function createOrganizationsService(
  context: SandboxContext,
  limits: () => SandboxLimits,
): AwsService {
  return {
    targetPrefix: 'AWSOrganizationsV20161128',
    signingName: 'organizations',
    eventSource: 'organizations.amazonaws.com',
    operations: operationsByName(
      accountOperations,
      hierarchyOperations,
      tagOperations,
    ),
    bucket: new TokenBucket(
      context.clock,
      () => limits().organizationsRequestsPerSecond,
    ),
    toThrottlingError: () =>
      new AwsError('TooManyRequestsException', 'Rate exceeded', 400, {
        Type: 'RATE_LIMIT',
      }),
    // Unlike its younger siblings this service reports one problem, and says in Reason which kind it is.
    toInputError: ([problem]) =>
      new AwsError('InvalidInputException', problem.message, 400, {
        Reason: problem.reason,
      }),
    authorize({ caller, operation }) {
      if (caller.kind === 'member' && operation !== 'DescribeOrganization') {
        throw new AwsError(
          'AccessDeniedException',
          "You don't have permissions to access this resource.",
        );
      }
    },
  };
}

import type { SandboxContext } from '../../server/SandboxContext';
import type { SandboxLimits } from '../../server/SandboxLimits';
import { AwsError } from '../protocol/AwsError';
import { type AwsService, operationsByName } from '../protocol/AwsService';
import { TokenBucket } from '../protocol/TokenBucket';
import { accountOperations } from './accounts';
import { accountCreationOperations } from './accountCreations';
import { accountWriteOperations } from './accountWrites';
import { hierarchyOperations } from './hierarchy';
import { tagOperations } from './tags';

/**
 * AWS Organizations: accounts, organizational units, their tags and the delegated administrators. Delegated
 * administrators may look; changes are the management account's.
 */
export function createOrganizationsService(
  context: Pick<SandboxContext, 'clock'>,
  limits: () => SandboxLimits,
): AwsService {
  return {
    targetPrefix: 'AWSOrganizationsV20161128',
    signingName: 'organizations',
    eventSource: 'organizations.amazonaws.com',
    operations: operationsByName(
      accountOperations,
      accountWriteOperations,
      accountCreationOperations,
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
      const isAllowed =
        caller.kind === 'management' ||
        operation === 'DescribeOrganization' ||
        (caller.kind === 'delegated' && /^(Describe|List)/.test(operation));
      if (!isAllowed) {
        throw new AwsError(
          'AccessDeniedException',
          "You don't have permissions to access this resource.",
        );
      }
    },
  };
}

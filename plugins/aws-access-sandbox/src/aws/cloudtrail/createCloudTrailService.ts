import type { SandboxContext } from '../../server/SandboxContext';
import type { SandboxLimits } from '../../server/SandboxLimits';
import { AwsError } from '../protocol/AwsError';
import { type AwsService, operationsByName } from '../protocol/AwsService';
import { toValidationException } from '../protocol/parseInput';
import { TokenBucket } from '../protocol/TokenBucket';
import { lookupEvents } from './lookupEvents';

/** CloudTrail's event history, to look events up. Every account sees its own. */
export function createCloudTrailService(
  context: Pick<SandboxContext, 'clock'>,
  limits: () => SandboxLimits,
): AwsService {
  return {
    targetPrefix: 'CloudTrail_20131101',
    signingName: 'cloudtrail',
    operations: operationsByName([lookupEvents]),
    bucket: new TokenBucket(
      context.clock,
      () => limits().cloudTrailRequestsPerSecond,
    ),
    toThrottlingError: () =>
      new AwsError('ThrottlingException', 'Rate exceeded'),
    toInputError(problems) {
      const [{ message }] = problems;
      if (message.includes("'maxResults'")) {
        return new AwsError(
          'InvalidMaxResultsException',
          'The specified MaxResults is not between 1 and 50.',
        );
      }
      return message.includes("'lookupAttributes")
        ? new AwsError('InvalidLookupAttributesException', message)
        : toValidationException(problems);
    },
    authorize() {},
  };
}

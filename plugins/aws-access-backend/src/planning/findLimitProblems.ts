import { Problem } from 'backstage-plugin-aws-access-common';
import { Duration } from 'luxon';
import { OrganizationConfig } from '../config/AwsAccessConfig';
import { PolicyOutcome } from '../policy/PolicyOutcome';
import { durationLabel } from './labels';

/** Limits that a plan can be shown beside, but not filed beyond. Pure. */
export function findLimitProblems(
  input: { organizationId: string; duration: string | null },
  config: Pick<OrganizationConfig, 'writes'>,
  policy: PolicyOutcome,
): Problem[] {
  const problems: Problem[] = [];
  if (config.writes === 'off') {
    problems.push({
      path: 'organizationId',
      message: `The organization ${input.organizationId} is connected for reading only, so nothing could be carried out.`,
      fix: 'Ask the portal administrator to turn its writes on.',
    });
  }
  const { maxDuration } = policy;
  // What is denied is denied for any time.
  const isDenied = policy.denials.length > 0;
  if (maxDuration && !isDenied && isLonger(input.duration, maxDuration)) {
    problems.push({
      path: 'duration',
      message: `The policy allows at most ${durationLabel(
        maxDuration,
      )} for this access (${policy.maxDurationBecause.join(', ')}).`,
      fix: `Choose ${durationLabel(maxDuration)} (${maxDuration}) or less.`,
    });
  }
  return problems;
}

function isLonger(duration: string | null, maximum: string): boolean {
  if (duration === null) return true;
  return (
    Duration.fromISO(duration).as('seconds') >
    Duration.fromISO(maximum).as('seconds')
  );
}

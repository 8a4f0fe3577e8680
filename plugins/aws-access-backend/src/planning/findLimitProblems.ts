import { Problem } from 'backstage-plugin-aws-access-common';
import { Duration } from 'luxon';
import { OrganizationConfig } from '../config/AwsAccessConfig';
import { PolicyOutcome } from '../policy/PolicyOutcome';
import { durationLabel } from '../wording/labels';

/** Limits that a plan can be shown beside, but not filed beyond. Pure. */
export function findLimitProblems(
  input: {
    organizationId: string;
    duration: string | null;
    secondsBefore?: number;
  },
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
  if (maxDuration && !isDenied && isLonger(input, maxDuration)) {
    problems.push({
      path: 'duration',
      message: `The policy allows at most ${durationLabel(
        maxDuration,
      )} for this access (${policy.maxDurationBecause.join(', ')})${
        input.secondsBefore ? ', from its start to the last extension' : ''
      }.`,
      fix: input.secondsBefore
        ? 'Choose less, or ask for new access when this one has ended.'
        : `Choose ${durationLabel(maxDuration)} (${maxDuration}) or less.`,
    });
  }
  return problems;
}

function isLonger(
  input: { duration: string | null; secondsBefore?: number },
  maximum: string,
): boolean {
  if (input.duration === null) return true;
  return (
    Duration.fromISO(input.duration).as('seconds') +
      (input.secondsBefore ?? 0) >
    Duration.fromISO(maximum).as('seconds')
  );
}

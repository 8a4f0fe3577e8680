import { Problem } from 'backstage-plugin-aws-access-common';
import { Duration } from 'luxon';
import { OrganizationConfig } from '../../config/AwsAccessConfig';
import { PolicyOutcome } from '../../policy/PolicyOutcome';
import { durationLabel } from '../../wording/labels';

/** Limits that a plan can be shown beside, but not filed beyond. Pure. */
export function findLimitProblems(
  input: {
    organizationId: string;
    duration: string | null;
    secondsBefore?: number;
    secondsHeld?: number;
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
  // What is denied is denied for any time.
  return policy.denials.length > 0
    ? problems
    : [...problems, ...findSpanProblems(input, policy)];
}

/**
 * A span that is longer than the policy allows, alone or with what it prolongs
 * (security rule 26). Pure.
 */
function findSpanProblems(
  input: {
    duration: string | null;
    /** Seconds that the request prolongs. */
    secondsBefore?: number;
    /** The longest that one of its effects has been there by other requests. */
    secondsHeld?: number;
  },
  policy: PolicyOutcome,
): Problem[] {
  const { maxDuration } = policy;
  const secondsBefore = input.secondsBefore ?? 0;
  if (maxDuration && isLonger(input.duration, 0, maxDuration)) {
    return [
      {
        path: 'duration',
        message: `The policy allows at most ${durationLabel(
          maxDuration,
        )} for this access (${policy.maxDurationBecause.join(', ')}).`,
        fix: `Choose ${durationLabel(maxDuration)} (${maxDuration}) or less.`,
      },
    ];
  }
  const total = {
    maximum: policy.maxTotal ?? maxDuration,
    because: policy.maxTotalBecause ?? policy.maxDurationBecause,
    secondsBefore,
  };
  const held = {
    maximum: policy.maxHeld ?? null,
    because: policy.maxHeldBecause ?? [],
    secondsBefore: Math.max(secondsBefore, input.secondsHeld ?? 0),
  };
  const exceeded = [total, held].find(
    limit =>
      limit.maximum &&
      isLonger(input.duration, limit.secondsBefore, limit.maximum),
  );
  return exceeded?.maximum
    ? [totalProblem(exceeded.maximum, exceeded.because, exceeded.secondsBefore)]
    : [];
}

function totalProblem(
  maximum: string,
  because: string[],
  secondsBefore: number,
): Problem {
  const before =
    secondsBefore > 0
      ? `; people have had it for ${durationLabel(
          `PT${Math.ceil(secondsBefore / 60)}M`,
        )} already`
      : '';
  return {
    path: 'duration',
    message: `The policy allows at most ${durationLabel(
      maximum,
    )} for this access (${because.join(
      ', ',
    )}), from its start to the last extension${before}.`,
    fix:
      secondsBefore > 0
        ? 'Choose less, or ask for new access when this one has ended.'
        : `Choose ${durationLabel(maximum)} (${maximum}) or less.`,
  };
}

function isLonger(
  duration: string | null,
  secondsBefore: number,
  maximum: string,
): boolean {
  if (duration === null) return true;
  return (
    Duration.fromISO(duration).as('seconds') + secondsBefore >
    Duration.fromISO(maximum).as('seconds')
  );
}

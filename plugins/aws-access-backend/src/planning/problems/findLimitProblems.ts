import { Problem } from 'backstage-plugin-aws-access-common';
import { Duration } from 'luxon';
import { OrganizationConfig } from '../../config/AwsAccessConfig';
import { PolicyOutcome } from '../../policy/PolicyOutcome';
import { durationLabel } from '../../wording/labels';

/** Limits that a plan can be shown beside, but not filed beyond. Pure. */
export function findLimitProblems(
  input: SpanInput & { organizationId: string; duration: string | null },
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

/** A span that the policy does not allow to be exceeded. */
interface SpanLimit {
  /** ISO-8601. */
  maximum: string;
  because: string[];
  /** Seconds of it that are used up. */
  secondsBefore: number;
  /** Whether it may be said how many these are. */
  isTold: boolean;
  /** It is about this request alone, not about what it goes on with. */
  isOwn: boolean;
}

/** What the spans of a request are measured by. */
interface SpanInput {
  /** Seconds that the request prolongs. */
  secondsBefore?: number;
  /** The longest that one of its effects has been there by other requests. */
  secondsHeld?: number;
  /** The same of whom the request names: its asker may be told (security rule 29). */
  secondsHeldTold?: number;
}

/** Every limit on how long, as the policy has it. */
function listSpanLimits(input: SpanInput, policy: PolicyOutcome): SpanLimit[] {
  const secondsBefore = input.secondsBefore ?? 0;
  const held = input.secondsHeld ?? 0;
  const limits = [
    {
      maximum: policy.maxDuration,
      because: policy.maxDurationBecause,
      secondsBefore: 0,
      isTold: true,
      isOwn: true,
    },
    {
      maximum: policy.maxTotal ?? policy.maxDuration,
      because: policy.maxTotalBecause ?? policy.maxDurationBecause,
      secondsBefore,
      isTold: true,
      isOwn: false,
    },
    {
      maximum: policy.maxHeld ?? null,
      because: policy.maxHeldBecause ?? [],
      secondsBefore: Math.max(secondsBefore, held),
      isTold: held <= Math.max(secondsBefore, input.secondsHeldTold ?? held),
      isOwn: false,
    },
  ];
  return limits.flatMap(({ maximum, ...rest }) =>
    maximum ? [{ maximum, ...rest }] : [],
  );
}

/**
 * The longest that may be asked for, by the same limits that a request is
 * refused for; undefined where nothing limits it. Pure.
 */
export function findLongestDuration(
  input: SpanInput,
  policy: PolicyOutcome,
): { seconds: number; because: string[] } | undefined {
  const [shortest] = listSpanLimits(input, policy)
    .map(({ maximum, because, secondsBefore }) => ({
      seconds: Math.max(
        0,
        Math.floor(Duration.fromISO(maximum).as('seconds') - secondsBefore),
      ),
      because,
    }))
    .sort((a, b) => a.seconds - b.seconds);
  return shortest;
}

/**
 * A span that is longer than the policy allows, alone or with what it prolongs
 * (security rule 26). Pure.
 */
function findSpanProblems(
  input: SpanInput & { duration: string | null },
  policy: PolicyOutcome,
): Problem[] {
  const exceeded = listSpanLimits(input, policy).find(
    ({ maximum, secondsBefore }) =>
      isLonger(input.duration, secondsBefore, maximum),
  );
  if (!exceeded) return [];
  const { maximum, because, isOwn } = exceeded;
  if (!isOwn) return [totalProblem(exceeded)];
  return [
    {
      path: 'duration',
      message: `The policy allows at most ${durationLabel(
        maximum,
      )} for this access (${because.join(', ')}).`,
      fix: `Choose ${durationLabel(maximum)} or less.`,
    },
  ];
}

function totalProblem(exceeded: SpanLimit): Problem {
  const { maximum, because, secondsBefore, isTold } = exceeded;
  const howLong = isTold
    ? `for ${durationLabel(`PT${Math.ceil(secondsBefore / 60)}M`)}`
    : 'for a time';
  const before =
    secondsBefore > 0 ? `; people have had it ${howLong} already` : '';
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
        : `Choose ${durationLabel(maximum)} or less.`,
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

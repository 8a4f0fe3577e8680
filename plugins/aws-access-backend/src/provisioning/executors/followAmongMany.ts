import { AccountAssignment } from '../../clouds/AwsCloud';
import { IntentRow } from '../stores/IntentStore';
import { ListedAssignments } from '../running/ListedAssignments';
import { StepContext, StepOutcome } from '../running/StepExecutor';
import { isAssigned } from './isAssigned';

/** So many steps or assignments of a request are looked for one by one; more share lists. */
export const FEW = 10;
/**
 * Older lists are not believed. Somebody else may make the same assignment
 * between a look and a write however short the time is; it is short enough.
 */
const LISTED_WITHIN_MS = 5_000;

/** Whether the step is one of so many that AWS is asked about them together. */
export function isOneOfMany({ step }: Pick<StepContext, 'step'>): boolean {
  return step.position >= FEW;
}

/** Whether the assignment is there before anything is written. */
export async function isAssignedBefore(
  context: StepContext,
  assignment: AccountAssignment,
): Promise<boolean> {
  const { aws } = context.clouds;
  // Only what a list does not have is believed; what it has may be gone since.
  const listed = isOneOfMany(context)
    ? await ListedAssignments.of(aws).has(assignment, LISTED_WITHIN_MS)
    : undefined;
  return listed === false ? false : isAssigned(aws, assignment);
}

/** Whether the assignment is there before it is taken away. */
export async function isAssignedStill(
  context: StepContext,
  assignment: AccountAssignment,
): Promise<boolean> {
  const { aws } = context.clouds;
  // What a list has may be gone since, and AWS says so when it is to remove it.
  const listed =
    isOneOfMany(context) &&
    (await ListedAssignments.of(aws).has(assignment, LISTED_WITHIN_MS));
  return listed || isAssigned(aws, assignment);
}

/**
 * What became of a deletion that AWS accepted: `done` when a list that is younger
 * than the deletion does not have it. Undefined: it takes so long that AWS must be
 * asked about this one.
 */
export async function followRemovalAmongMany(
  context: StepContext,
  assignment: AccountAssignment,
  intent: IntentRow,
): Promise<StepOutcome | undefined> {
  const { clouds, pace, stores } = context;
  if (!isOneOfMany(context)) return undefined;
  if (typeof intent.result?.awsRequestId !== 'string') return undefined;
  const listed = ListedAssignments.of(clouds.aws);
  if (listed.isDenied) return undefined;
  const age = Date.parse(await stores.now()) - Date.parse(intent.intendedAt);
  const lastAt = listed.lastOf(assignment);
  // Who waited for a list here would hold up those that have something to send.
  if (lastAt === undefined || performance.now() - lastAt > age) {
    listed.refresh(assignment);
  } else if ((await listed.has(assignment, age)) === false) {
    return { kind: 'done' };
  }
  if (age > pace.settleMs / 2) return undefined;
  return {
    kind: 'waiting',
    detail: 'AWS works on it, or still lists it',
    retryInMs: 2 * pace.operationMs,
  };
}

/**
 * What became of a creation that AWS accepted: `done` when a list that is younger
 * than the creation has it. Undefined: it takes so long that AWS must be asked
 * about this one.
 */
export async function followAmongMany(
  context: StepContext,
  assignment: AccountAssignment,
  intent: IntentRow,
): Promise<StepOutcome | undefined> {
  const { clouds, pace, stores } = context;
  if (!isOneOfMany(context)) return undefined;
  if (typeof intent.result?.awsRequestId !== 'string') return undefined;
  const listed = ListedAssignments.of(clouds.aws);
  if (listed.isDenied) return undefined;
  const age = Date.parse(await stores.now()) - Date.parse(intent.intendedAt);
  if (await listed.has(assignment, age)) {
    return { kind: 'done' };
  }
  if (age > pace.settleMs / 3) return undefined;
  return {
    kind: 'waiting',
    detail: 'AWS has finished and does not list the assignment yet',
    retryInMs: 2 * pace.operationMs,
  };
}

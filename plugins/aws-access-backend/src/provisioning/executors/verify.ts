import { collectPages } from '../../clouds/collectPages';
import { unlessMissing } from '../../clouds/unlessMissing';
import { ListedAssignments } from '../running/ListedAssignments';
import {
  inputOf,
  permissionSetArnOfKey,
  StepContext,
  StepExecutor,
  storeGroupIdOf,
  storeUserIdOf,
} from '../running/StepExecutor';
import { assignmentLabel, people } from '../steps/wordsOfSteps';
import { findLeavingAssignment } from './findLeavingAssignment';
import { FEW } from './followAmongMany';
import { isAssigned } from './isAssigned';
import { findStillInAws } from './findStillInAws';
import { resolveAssignment } from './resolveAssignment';
import { waitForScim } from './waitForScim';

/**
 * "Approved" is not "usable", and "taken away" is not "gone": the clouds
 * themselves show what was made, and do not show what was removed.
 */
export const verify: StepExecutor = async context => {
  const { gone, assignments, groups } = inputOf(context, 'verify');
  const missing = await findMissing(context);
  const remains = missing ? undefined : await findRemains(context);
  if (!missing && !remains) {
    const still = await findStillInAws(context, gone.members);
    if (still) return waitForScim(context, still);
    const removed = Object.values(gone).some(list => list.length > 0);
    return {
      kind: 'done',
      detail: [
        ...(assignments.length > 0 || groups.length > 0
          ? ['Checked in AWS: the access is usable']
          : []),
        ...(removed
          ? ['Checked in AWS and Entra: what was removed is gone']
          : []),
      ].join('; '),
    };
  }
  // Reads may lag behind writes. It counts from the first look that came to
  // its end: attempts that a cloud refused have seen nothing.
  const { pace, step, stores } = context;
  const now = await stores.now();
  const since =
    typeof step.result?.otherwiseSince === 'string'
      ? step.result.otherwiseSince
      : now;
  if (Date.parse(now) - Date.parse(since) < pace.settleMs) {
    return {
      kind: 'waiting',
      detail: missing ? `${missing} yet` : `${remains} is still shown`,
      retryInMs: pace.operationMs,
      result: { ...step.result, otherwiseSince: since },
    };
  }
  return {
    kind: 'failed',
    detail: missing
      ? `${missing} although it was made: something outside this product took it away`
      : `${remains} is shown although it was removed: something outside this product made it again`,
  };
};

async function findMissing(context: StepContext): Promise<string | undefined> {
  const { groups, assignments, permissionSets } = inputOf(context, 'verify');
  const { aws } = context.clouds;
  const begunAt = performance.now();
  for (const { groupKey, members } of groups) {
    if (members.length === 0) continue;
    const present = new Set(
      await collectPages(
        aws.listStoreMembers(storeGroupIdOf(context, groupKey)),
      ),
    );
    const absent = members.filter(
      member => !present.has(storeUserIdOf(context, member.entraUserId)),
    );
    if (absent.length > 0) {
      return `AWS does not show ${people(absent)} in the group`;
    }
  }
  const many = assignments.length > FEW;
  for (const target of assignments) {
    const { assignment } = resolveAssignment(context, target);
    // A list that began with this look; where AWS gives none, one by one.
    const listed = many
      ? await ListedAssignments.of(aws).hasSince(assignment, begunAt)
      : undefined;
    if (!(listed ?? (await isAssigned(aws, assignment)))) {
      return `AWS does not list ${target.permissionSetName} in ${target.accountName} (${target.accountId})`;
    }
  }
  for (const { permissionSetKey, name } of permissionSets) {
    const arn = permissionSetArnOfKey(context, permissionSetKey);
    if (!(await unlessMissing(() => aws.describePermissionSet(arn)))) {
      return `AWS does not show the permission set ${name}`;
    }
  }
  return undefined;
}

/** What was removed and is there nevertheless. */
async function findRemains(context: StepContext): Promise<string | undefined> {
  const { gone } = inputOf(context, 'verify');
  const { aws, entra } = context.clouds;
  for (const target of gone.assignments) {
    const leaving = await findLeavingAssignment(aws, target);
    if (leaving && (await isAssigned(aws, leaving.assignment))) {
      return assignmentLabel(target);
    }
  }
  for (const { entraGroupId, groupName, members } of gone.members) {
    const present = await unlessMissing(() =>
      collectPages(entra.listMembers(entraGroupId)),
    );
    const left = members.filter(member =>
      present?.some(user => user.userId === member.entraUserId),
    );
    if (left.length > 0) return `${people(left)} in ${groupName}`;
  }
  for (const { entraGroupId, groupName } of gone.applicationAssignments) {
    const found = await unlessMissing(() =>
      entra.findApplicationAssignment(entraGroupId),
    );
    if (found) return `${groupName} in the enterprise application`;
  }
  for (const { entraGroupId, displayName } of gone.groups) {
    if (await entra.getGroup(entraGroupId)) return `The group ${displayName}`;
  }
  for (const { arn, name } of gone.permissionSets) {
    if (await unlessMissing(() => aws.describePermissionSet(arn))) {
      return `The permission set ${name}`;
    }
  }
  return undefined;
}

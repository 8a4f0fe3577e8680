import { collectPages } from '../../clouds/collectPages';
import { people } from '../compileSteps';
import {
  inputOf,
  StepContext,
  StepExecutor,
  storeGroupIdOf,
} from '../StepExecutor';
import { isAssigned } from './isAssigned';

/** Reads of AWS may lag behind its writes for some seconds. */
const ATTEMPTS = 8;

/** "Approved" is not "usable": AWS itself shows members and assignments. */
export const verify: StepExecutor = async context => {
  const missing = await findMissing(context);
  if (missing === undefined) {
    return { kind: 'done', detail: 'Checked in AWS: the access is usable' };
  }
  if (context.step.attempts <= ATTEMPTS) {
    return {
      kind: 'waiting',
      detail: `${missing} yet`,
      retryInMs: context.pace.operationMs,
    };
  }
  return {
    kind: 'failed',
    detail: `${missing} although it was made: something outside this product took it away`,
  };
};

async function findMissing(context: StepContext): Promise<string | undefined> {
  const { groups, assignments } = inputOf(context, 'verify');
  const { aws } = context.clouds;
  for (const { groupKey, members } of groups) {
    const awaited = context.steps.find(
      step =>
        step.kind === 'awaitIdentityStoreGroup' &&
        step.input.groupKey === groupKey,
    );
    const userIds = awaited?.result?.storeUserIds as Record<string, string>;
    const present = new Set(
      await collectPages(
        aws.listStoreMembers(storeGroupIdOf(context, groupKey)),
      ),
    );
    const absent = members.filter(
      member => !present.has(userIds[member.entraUserId]),
    );
    if (absent.length > 0) {
      return `AWS does not show ${people(absent)} in the group`;
    }
  }
  for (const assignment of assignments) {
    const assigned = await isAssigned(aws, {
      accountId: assignment.accountId,
      permissionSetArn: assignment.permissionSetArn,
      principalType: 'GROUP',
      principalId: storeGroupIdOf(context, assignment.groupKey),
    });
    if (!assigned) {
      return `AWS does not list ${assignment.permissionSetName} in ${assignment.accountName} (${assignment.accountId})`;
    }
  }
  return undefined;
}

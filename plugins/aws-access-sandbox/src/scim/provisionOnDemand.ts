import { logProvisioning, ProvisioningEvent } from './provisioningLog';
import { provisionGroup } from './provisionGroup';
import { addScimMembers } from './provisionMembers';
import { provisionUser } from './provisionUser';
import { checkScimCredentials, savedScimCredentials } from './scimCredentials';
import type { ScimContext, ScimJob, ScimOutcome } from './ScimJob';
import { directMembers, groupInScope, userInScope } from './scimScope';

/** What was asked to be carried over at once. */
export type OnDemandSubject = {
  objectId: string;
  objectTypeName: 'User' | 'Group';
  /** Directory ids of members to carry with a group, at most five. */
  memberIds: string[];
};

/** What came of it, for the subject and each of the members. */
export type OnDemandResult = ScimOutcome & {
  displayName?: string;
  members: { id: string; outcome: ScimOutcome; joined: boolean }[];
};

const notEntitled: ScimOutcome = {
  status: 'skipped',
  errorCode: 'NotEffectivelyEntitled',
  reason: 'The object is not assigned to the application',
};

function carryUser(
  context: ScimContext,
  job: ScimJob,
  id: string,
): ScimOutcome & { displayName?: string } {
  const user = userInScope(context.store, job, id);
  if (!user) {
    return notEntitled;
  }
  return {
    ...provisionUser(context, job, user),
    displayName: user.display_name,
  };
}

function carryGroup(
  context: ScimContext,
  job: ScimJob,
  subject: OnDemandSubject,
): OnDemandResult {
  const group = groupInScope(context.store, job, subject.objectId);
  if (!group) {
    return { ...notEntitled, members: [] };
  }
  const outcome = provisionGroup(context, job, group);
  const direct = directMembers(context.store, group.id);
  const members = subject.memberIds.map(id => {
    const carried = direct.includes(id)
      ? carryUser(context, job, id)
      : notEntitled;
    const joined =
      carried.targetId !== undefined &&
      outcome.targetId !== undefined &&
      addScimMembers(context, job, outcome.targetId, [id]).length === 1;
    return { id, outcome: carried, joined };
  });
  const changed = members.some(({ joined }) => joined);
  return {
    ...outcome,
    status:
      outcome.status === 'unchanged' && changed ? 'updated' : outcome.status,
    displayName: group.display_name,
    members,
  };
}

/** Quarantine alone stops nobody; what put the job there may. */
function carry(
  context: ScimContext,
  job: ScimJob,
  subject: OnDemandSubject,
): OnDemandResult {
  const problem = checkScimCredentials(
    context,
    savedScimCredentials(context, job.service_principal_id),
  );
  if (problem) {
    return {
      status: 'failed',
      errorCode: problem.code,
      reason: problem.message,
      members: [],
    };
  }
  return subject.objectTypeName === 'Group'
    ? carryGroup(context, job, subject)
    : { ...carryUser(context, job, subject.objectId), members: [] };
}

/**
 * Carries one object over without waiting for the regular cycle. It only adds:
 * removals wait for the cycle, as in Entra.
 */
export function provisionOnDemand(
  context: ScimContext,
  job: ScimJob,
  subject: OnDemandSubject,
): OnDemandResult {
  return context.store.transaction(() => {
    const result = carry(context, job, subject);
    const log = (
      type: 'User' | 'Group',
      id: string,
      displayName: string,
      outcome: ScimOutcome,
      details?: ProvisioningEvent['details'],
    ) =>
      logProvisioning(context, job, {
        cycleId: null,
        action: outcome.status === 'created' ? 'Create' : 'Update',
        source: { id, type, displayName },
        outcome,
        details,
      });
    log(
      subject.objectTypeName,
      subject.objectId,
      result.displayName ?? subject.objectId,
      result,
      { onDemand: true },
    );
    for (const { id, outcome } of result.members) {
      if (outcome.status !== 'unchanged') {
        log('User', id, id, outcome, { onDemand: true });
      }
    }
    return result;
  });
}

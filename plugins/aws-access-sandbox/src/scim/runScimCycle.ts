import { randomUUID } from 'crypto';
import { logProvisioning, ProvisioningEvent } from './provisioningLog';
import { provisionGroup } from './provisionGroup';
import { addScimMembers, removeScimMembers } from './provisionMembers';
import { provisionUser } from './provisionUser';
import { removeOutOfScope } from './removeOutOfScope';
import type { ScimContext, ScimJob, ScimOutcome } from './ScimJob';
import { directMembers, groupsInScope, usersInScope } from './scimScope';

/** What one cycle did. */
export type ScimCycle = {
  id: string;
  /** Objects looked at. */
  imported: number;
  /** Objects written. */
  exported: number;
  /** Objects that could not be carried and are tried again with every cycle. */
  failed: number;
};

/**
 * Runs one regular cycle, all of it in one transaction: users first, then
 * groups, then who is in them, and at the end the removals, which only a regular
 * cycle makes.
 */
export function runScimCycle(context: ScimContext, job: ScimJob): ScimCycle {
  const cycle = { id: randomUUID(), imported: 0, exported: 0, failed: 0 };
  const log = (event: Omit<ProvisioningEvent, 'cycleId'>) =>
    logProvisioning(context, job, { cycleId: cycle.id, ...event });
  const note = (
    outcome: ScimOutcome,
    source: ProvisioningEvent['source'],
    details?: Record<string, unknown>,
  ) => {
    cycle.imported += 1;
    if (outcome.status === 'unchanged') {
      return;
    }
    cycle[outcome.status === 'failed' ? 'failed' : 'exported'] += 1;
    const action = outcome.status === 'updated' ? 'Update' : 'Create';
    log({ action, source, outcome, details });
  };
  return context.store.transaction(() => {
    for (const user of usersInScope(context.store, job)) {
      note(provisionUser(context, job, user), {
        id: user.id,
        type: 'User',
        displayName: user.display_name,
      });
    }
    // Groups that were merged by name share one target, and what each of them holds stays.
    const membersOfTarget = new Map<string, string[]>();
    for (const group of groupsInScope(context.store, job)) {
      const outcome = provisionGroup(context, job, group);
      const members = directMembers(context.store, group.id);
      let added: string[] = [];
      if (outcome.targetId) {
        added = addScimMembers(context, job, outcome.targetId, members);
        membersOfTarget.set(outcome.targetId, [
          ...(membersOfTarget.get(outcome.targetId) ?? []),
          ...members,
        ]);
      }
      note(
        added.length && outcome.status === 'unchanged'
          ? { ...outcome, status: 'updated' }
          : outcome,
        { id: group.id, type: 'Group', displayName: group.display_name },
        added.length ? { membersAdded: added } : undefined,
      );
    }
    for (const [targetId, members] of membersOfTarget) {
      const removed = removeScimMembers(context, job, targetId, members);
      if (removed.length) {
        cycle.exported += 1;
        const source = context.store.get<{ id: string; displayName: string }>(
          'SELECT external_id AS id, display_name AS displayName FROM identity_store_groups WHERE group_id = ?',
          [targetId],
        )!;
        log({
          action: 'Update',
          source: { type: 'Group', ...source },
          outcome: { status: 'updated', targetId },
          details: { membersRemoved: removed },
        });
      }
    }
    for (const event of removeOutOfScope(context, job)) {
      cycle.exported += 1;
      log(event);
    }
    return cycle;
  });
}

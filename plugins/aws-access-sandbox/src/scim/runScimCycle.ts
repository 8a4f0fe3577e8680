import { randomUUID } from 'crypto';
import { logProvisioning, ProvisioningEvent } from './provisioningLog';
import { provisionGroup } from './provisionGroup';
import {
  addScimMembers,
  missingMembers,
  removeScimMembers,
} from './provisionMembers';
import { provisionUser } from './provisionUser';
import { removeOutOfScope } from './removeOutOfScope';
import { linkedTarget } from './scimLinks';
import type { ScimContext, ScimJob, ScimOutcome } from './ScimJob';
import {
  groupIdsInScope,
  groupsToCarry,
  ScimSourceGroup,
  userIdsInScope,
  usersToCarry,
} from './scimScope';

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

/** One cycle while it runs: what it counts and writes into the log. */
class RunningCycle {
  readonly counts: ScimCycle = {
    id: randomUUID(),
    imported: 0,
    exported: 0,
    failed: 0,
  };

  constructor(
    private readonly context: ScimContext,
    private readonly job: ScimJob,
  ) {}

  run(): ScimCycle {
    const { context, job } = this;
    const { store } = context;
    for (const user of usersToCarry(store, job)) {
      this.note(provisionUser(context, job, user), {
        id: user.id,
        type: 'User',
        displayName: user.display_name,
      });
    }
    this.carryGroups();
    for (const [targetId, removed] of removeScimMembers(context, job)) {
      this.noteRemoval(targetId, removed);
    }
    const users = userIdsInScope(store, job);
    const groups = groupIdsInScope(store, job);
    this.counts.imported = users.size + groups.size;
    for (const event of removeOutOfScope(context, job, { users, groups })) {
      this.counts.exported += 1;
      this.log(event);
    }
    return this.counts;
  }

  /** A group and who is new in it are one event. */
  private carryGroups(): void {
    const { context, job } = this;
    const { store } = context;
    const carried = new Map(
      groupsToCarry(store, job).map(group => [
        group.id,
        { group, outcome: provisionGroup(context, job, group) },
      ]),
    );
    const missing = missingMembers(context, job);
    for (const id of new Set([...carried.keys(), ...missing.keys()])) {
      const targetId = linkedTarget(context, job, id);
      const added = targetId
        ? addScimMembers(context, job, targetId, missing.get(id) ?? [])
        : [];
      const { group, outcome } = carried.get(id) ?? {
        group: store.get<ScimSourceGroup>(
          'SELECT id, display_name FROM entra_groups WHERE id = ?',
          [id],
        )!,
        outcome: { status: 'unchanged', targetId } as ScimOutcome,
      };
      this.note(
        added.length && outcome.status === 'unchanged'
          ? { ...outcome, status: 'updated' }
          : outcome,
        { id: group.id, type: 'Group', displayName: group.display_name },
        added.length ? { membersAdded: added } : undefined,
      );
    }
  }

  private noteRemoval(targetId: string, membersRemoved: string[]): void {
    this.counts.exported += 1;
    const source = this.context.store.get<{ id: string; displayName: string }>(
      'SELECT external_id AS id, display_name AS displayName FROM identity_store_groups WHERE group_id = ?',
      [targetId],
    )!;
    this.log({
      action: 'Update',
      source: { type: 'Group', ...source },
      outcome: { status: 'updated', targetId },
      details: { membersRemoved },
    });
  }

  private note(
    outcome: ScimOutcome,
    source: ProvisioningEvent['source'],
    details?: Record<string, unknown>,
  ): void {
    if (outcome.status === 'unchanged') {
      return;
    }
    this.counts[outcome.status === 'failed' ? 'failed' : 'exported'] += 1;
    const action = outcome.status === 'updated' ? 'Update' : 'Create';
    this.log({ action, source, outcome, details });
  }

  private log(event: Omit<ProvisioningEvent, 'cycleId'>): void {
    logProvisioning(this.context, this.job, {
      cycleId: this.counts.id,
      ...event,
    });
  }
}

/**
 * Runs one regular cycle, all of it in one transaction: users first, then
 * groups, then who is in them, and at the end the removals, which only a regular
 * cycle makes.
 */
export function runScimCycle(context: ScimContext, job: ScimJob): ScimCycle {
  return context.store.transaction(() => new RunningCycle(context, job).run());
}

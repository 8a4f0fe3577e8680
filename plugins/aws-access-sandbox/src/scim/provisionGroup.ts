import { randomUUID } from 'crypto';
import { link, linkedTarget } from './scimLinks';
import type { ScimContext, ScimJob, ScimOutcome } from './ScimJob';
import { scimIssuer } from './scimIssuer';
import type { ScimSourceGroup } from './scimScope';

type Target = { group_id: string; display_name: string };

/**
 * Carries one group to the identity store, without its members.
 *
 * A group that is not tied yet is matched by its display name alone: it joins
 * whatever group of that name is there, however privileged.
 */
export function provisionGroup(
  context: ScimContext,
  job: ScimJob,
  group: ScimSourceGroup,
): ScimOutcome {
  const { store, clock } = context;
  const now = clock.now();
  const linked = linkedTarget(context, job, group.id);
  const target = linked
    ? store.get<Target>(
        'SELECT * FROM identity_store_groups WHERE group_id = ?',
        [linked],
      )
    : undefined;
  const sameName = store.get<Target>(
    'SELECT * FROM identity_store_groups WHERE display_name = ?',
    [group.display_name],
  );
  if (target) {
    if (target.display_name === group.display_name) {
      return { status: 'unchanged', targetId: target.group_id };
    }
    if (sameName && sameName.group_id !== target.group_id) {
      return {
        status: 'failed',
        targetId: target.group_id,
        errorCode: 'DuplicateTargetEntries',
        reason: `Another group of the identity store is already named ${group.display_name}`,
      };
    }
    store.run(
      `UPDATE identity_store_groups SET display_name = ?, updated_at = ?, updated_by = 'SCIM' WHERE group_id = ?`,
      [group.display_name, now, target.group_id],
    );
    return { status: 'updated', targetId: target.group_id };
  }
  if (sameName) {
    store.run(
      `UPDATE identity_store_groups
       SET external_id = ?, external_id_issuer = ?, updated_at = ?, updated_by = 'SCIM' WHERE group_id = ?`,
      [group.id, scimIssuer(store), now, sameName.group_id],
    );
    link(context, job, 'group', group.id, sameName.group_id);
    return { status: 'updated', targetId: sameName.group_id };
  }
  const targetId = randomUUID();
  store.insert('identity_store_groups', {
    group_id: targetId,
    display_name: group.display_name,
    external_id_issuer: scimIssuer(store),
    external_id: group.id,
    created_at: now,
    created_by: 'SCIM',
    updated_at: now,
    updated_by: 'SCIM',
  });
  link(context, job, 'group', group.id, targetId);
  return { status: 'created', targetId };
}

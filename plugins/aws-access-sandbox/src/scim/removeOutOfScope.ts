import type { ProvisioningEvent } from './provisioningLog';
import type { ScimContext, ScimJob } from './ScimJob';

type Link = { entra_id: string; identity_store_object_id: string };

type Event = Omit<ProvisioningEvent, 'cycleId'>;

function removeGroups(
  context: ScimContext,
  job: ScimJob,
  scope: ReadonlySet<string>,
): Event[] {
  const { store } = context;
  const links = store.all<Link>(
    `SELECT * FROM scim_links WHERE job_id = ? AND object_type = 'group'`,
    [job.id],
  );
  const stillUsed = new Set(
    links
      .filter(({ entra_id }) => scope.has(entra_id))
      .map(row => row.identity_store_object_id),
  );
  return links
    .filter(({ entra_id }) => !scope.has(entra_id))
    .map(({ entra_id, identity_store_object_id: targetId }) => {
      const target = store.get<{ display_name: string }>(
        'SELECT display_name FROM identity_store_groups WHERE group_id = ?',
        [targetId],
      );
      // Its assignments stay in AWS, with a principal that no longer exists.
      if (!stillUsed.has(targetId)) {
        store.run('DELETE FROM identity_store_groups WHERE group_id = ?', [
          targetId,
        ]);
      }
      store.run('DELETE FROM scim_links WHERE job_id = ? AND entra_id = ?', [
        job.id,
        entra_id,
      ]);
      return {
        action: 'Delete',
        source: {
          id: entra_id,
          type: 'Group',
          displayName: target?.display_name ?? entra_id,
        },
        outcome: { status: 'updated', targetId },
      };
    });
}

function disableUsers(
  context: ScimContext,
  job: ScimJob,
  scope: ReadonlySet<string>,
): Event[] {
  const { store, clock } = context;
  const links = store.all<Link & { display_name: string }>(
    `SELECT l.*, u.display_name FROM scim_links l
     JOIN identity_store_users u ON u.user_id = l.identity_store_object_id
     WHERE l.job_id = ? AND l.object_type = 'user' AND u.active = 1`,
    [job.id],
  );
  return links
    .filter(({ entra_id }) => !scope.has(entra_id))
    .map(row => {
      store.run(
        `UPDATE identity_store_users SET active = 0, updated_at = ?, updated_by = 'SCIM' WHERE user_id = ?`,
        [clock.now(), row.identity_store_object_id],
      );
      return {
        action: 'Disable',
        source: {
          id: row.entra_id,
          type: 'User',
          displayName: row.display_name,
        },
        outcome: { status: 'updated', targetId: row.identity_store_object_id },
      };
    });
}

/**
 * Ends what is no longer assigned to the application: groups are deleted, users
 * are switched off, as Entra does before it finally deletes them.
 */
export function removeOutOfScope(
  context: ScimContext,
  job: ScimJob,
  scope: { users: ReadonlySet<string>; groups: ReadonlySet<string> },
): Event[] {
  return [
    ...removeGroups(context, job, scope.groups),
    ...disableUsers(context, job, scope.users),
  ];
}

import { randomUUID } from 'crypto';
import { linkedTarget } from './scimLinks';
import type { ScimContext, ScimJob } from './ScimJob';

/**
 * Puts users into a group of the identity store.
 *
 * @param memberIds - ids in the directory; those that SCIM has not carried are left out
 * @returns the directory ids of those who are new in the group
 */
export function addScimMembers(
  context: ScimContext,
  job: ScimJob,
  targetGroupId: string,
  memberIds: string[],
): string[] {
  const { store, clock } = context;
  return memberIds.filter(memberId => {
    const userId = linkedTarget(context, job, memberId);
    if (
      !userId ||
      !store.get('SELECT 1 FROM identity_store_users WHERE user_id = ?', [
        userId,
      ])
    ) {
      return false;
    }
    return (
      store.run(
        `INSERT INTO identity_store_memberships (membership_id, group_id, user_id, created_at, created_by)
         VALUES (?, ?, ?, ?, 'SCIM') ON CONFLICT (group_id, user_id) DO NOTHING`,
        [randomUUID(), targetGroupId, userId, clock.now()],
      ) === 1
    );
  });
}

/** The groups in scope that SCIM has carried, each with its target. */
const CARRIED = `entra_app_role_assignments a
  JOIN entra_groups g ON g.id = a.principal_id AND g.deleted_at IS NULL
  JOIN scim_links gl ON gl.job_id = :job AND gl.entra_id = g.id`;

function collect<T>(
  rows: T[],
  keyOf: (row: T) => string,
  valueOf: (row: T) => string,
): Map<string, string[]> {
  const lists = new Map<string, string[]>();
  for (const row of rows) {
    const list = lists.get(keyOf(row));
    if (list) {
      list.push(valueOf(row));
    } else {
      lists.set(keyOf(row), [valueOf(row)]);
    }
  }
  return lists;
}

/** Direct members that the target of their group lacks: directory ids by the directory id of the group. */
export function missingMembers(
  { store }: ScimContext,
  job: ScimJob,
): Map<string, string[]> {
  return collect(
    store.all<{ group_id: string; member_id: string }>(
      `SELECT DISTINCT m.group_id, m.member_id
       FROM ${CARRIED}
       JOIN entra_group_members m ON m.group_id = g.id AND m.member_type = 'user'
       JOIN scim_links ul ON ul.job_id = :job AND ul.entra_id = m.member_id
       JOIN identity_store_users t ON t.user_id = ul.identity_store_object_id
       WHERE a.resource_id = :application AND NOT EXISTS (
         SELECT 1 FROM identity_store_memberships x
         WHERE x.group_id = gl.identity_store_object_id AND x.user_id = ul.identity_store_object_id)`,
      { job: job.id, application: job.service_principal_id },
    ),
    row => row.group_id,
    row => row.member_id,
  );
}

/**
 * Takes out of the groups of the identity store whoever SCIM put there and the
 * directory no longer has. Members added through the AWS API are not SCIM's to
 * remove; groups that were merged by name share one target, and what each of
 * them holds stays.
 *
 * @returns identity store ids of those who went, by the group of the identity store
 */
export function removeScimMembers(
  { store }: ScimContext,
  job: ScimJob,
): Map<string, string[]> {
  // The plus keeps the store from choosing the index of the job, under which all links are.
  const gone = store.all<{
    membership_id: string;
    group_id: string;
    user_id: string;
  }>(
    `SELECT DISTINCT x.membership_id, x.group_id, x.user_id
     FROM ${CARRIED}
     JOIN identity_store_memberships x ON x.group_id = gl.identity_store_object_id AND x.created_by = 'SCIM'
     WHERE a.resource_id = :application AND NOT EXISTS (
       SELECT 1 FROM scim_links ul
       CROSS JOIN scim_links other ON +other.job_id = :job AND other.identity_store_object_id = x.group_id
       CROSS JOIN entra_group_members m ON m.group_id = other.entra_id AND m.member_id = ul.entra_id
       CROSS JOIN entra_app_role_assignments b ON b.principal_id = m.group_id AND +b.resource_id = :application
       WHERE ul.identity_store_object_id = x.user_id AND +ul.job_id = :job)`,
    { job: job.id, application: job.service_principal_id },
  );
  for (const { membership_id } of gone) {
    store.run(
      'DELETE FROM identity_store_memberships WHERE membership_id = ?',
      [membership_id],
    );
  }
  return collect(
    gone,
    row => row.group_id,
    row => row.user_id,
  );
}

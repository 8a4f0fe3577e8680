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

/**
 * Takes out of a group of the identity store whoever SCIM put there and the
 * directory no longer has. Members added through the AWS API are not SCIM's to remove.
 *
 * @param keepIds - directory ids of all who stay
 * @returns the identity store ids of those who went
 */
export function removeScimMembers(
  context: ScimContext,
  job: ScimJob,
  targetGroupId: string,
  keepIds: string[],
): string[] {
  const { store } = context;
  const keep = new Set(keepIds.map(id => linkedTarget(context, job, id)));
  const gone = store
    .all<{ membership_id: string; user_id: string }>(
      `SELECT membership_id, user_id FROM identity_store_memberships WHERE group_id = ? AND created_by = 'SCIM'`,
      [targetGroupId],
    )
    .filter(({ user_id }) => !keep.has(user_id));
  for (const { membership_id } of gone) {
    store.run(
      'DELETE FROM identity_store_memberships WHERE membership_id = ?',
      [membership_id],
    );
  }
  return gone.map(({ user_id }) => user_id);
}

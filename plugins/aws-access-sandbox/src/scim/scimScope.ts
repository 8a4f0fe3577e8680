import type { SandboxStore } from '../store/SandboxStore';
import type { ScimJob } from './ScimJob';

/** A user of the directory, as far as SCIM maps it. */
export type ScimSourceUser = {
  id: string;
  user_principal_name: string;
  display_name: string;
  given_name: string | null;
  surname: string | null;
  mail: string | null;
  mobile_phone: string | null;
  job_title: string | null;
  account_enabled: number;
};

/** A group of the directory, as far as SCIM maps it. */
export type ScimSourceGroup = { id: string; display_name: string };

const ASSIGNED =
  'SELECT principal_id FROM entra_app_role_assignments WHERE resource_id = :application';

/** Groups assigned to the enterprise application; groups inside them are not carried. */
export function groupsInScope(
  store: SandboxStore,
  job: ScimJob,
): ScimSourceGroup[] {
  return store.all<ScimSourceGroup>(
    `SELECT id, display_name FROM entra_groups
     WHERE deleted_at IS NULL AND id IN (${ASSIGNED}) ORDER BY seq`,
    { application: job.service_principal_id },
  );
}

/** Users assigned to the application, themselves or as direct members of an assigned group. */
export function usersInScope(
  store: SandboxStore,
  job: ScimJob,
): ScimSourceUser[] {
  return store.all<ScimSourceUser>(
    `SELECT * FROM entra_users WHERE deleted_at IS NULL AND (
       id IN (${ASSIGNED}) OR id IN (
         SELECT m.member_id FROM entra_group_members m JOIN entra_groups g ON g.id = m.group_id
         WHERE g.deleted_at IS NULL AND g.id IN (${ASSIGNED})))
     ORDER BY seq`,
    { application: job.service_principal_id },
  );
}

/** Ids of the users who are in the group themselves. */
export function directMembers(store: SandboxStore, groupId: string): string[] {
  return store
    .all<{ member_id: string }>(
      `SELECT member_id FROM entra_group_members
       WHERE group_id = ? AND member_type = 'user' ORDER BY seq`,
      [groupId],
    )
    .map(row => row.member_id);
}

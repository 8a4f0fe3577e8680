import type { SandboxStore } from '../store/SandboxStore';
import { scimIssuer } from './scimIssuer';
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
const GROUPS = `entra_groups.deleted_at IS NULL AND entra_groups.id IN (${ASSIGNED})`;

/** Users assigned to the application, themselves or as direct members of an assigned group. */
const USERS = `entra_users.deleted_at IS NULL AND (
  entra_users.id IN (${ASSIGNED}) OR entra_users.id IN (
    SELECT m.member_id FROM entra_group_members m JOIN entra_groups g ON g.id = m.group_id
    WHERE g.deleted_at IS NULL AND g.id IN (${ASSIGNED})))`;

const ids = (rows: { id: string }[]) => new Set(rows.map(({ id }) => id));

/** Ids of all groups in scope. */
export const groupIdsInScope = (store: SandboxStore, job: ScimJob) =>
  ids(
    store.all(`SELECT id FROM entra_groups WHERE ${GROUPS}`, {
      application: job.service_principal_id,
    }),
  );

/** Ids of all users in scope. */
export const userIdsInScope = (store: SandboxStore, job: ScimJob) =>
  ids(
    store.all(`SELECT id FROM entra_users WHERE ${USERS}`, {
      application: job.service_principal_id,
    }),
  );

/** The group, when it is in scope. */
export const groupInScope = (store: SandboxStore, job: ScimJob, id: string) =>
  store.get<ScimSourceGroup>(
    `SELECT id, display_name FROM entra_groups WHERE id = :id AND ${GROUPS}`,
    { id, application: job.service_principal_id },
  );

/** The user, when it is in scope. */
export const userInScope = (store: SandboxStore, job: ScimJob, id: string) =>
  store.get<ScimSourceUser>(
    `SELECT * FROM entra_users WHERE entra_users.id = :id AND ${USERS}`,
    { id, application: job.service_principal_id },
  );

/**
 * Groups in scope that are not in the identity store as they are in the
 * directory. One question to the store instead of several for each group keeps a
 * cycle short in a large tenant.
 */
export const groupsToCarry = (store: SandboxStore, job: ScimJob) =>
  store.all<ScimSourceGroup>(
    `SELECT id, display_name FROM entra_groups WHERE ${GROUPS} AND NOT EXISTS (
       SELECT 1 FROM scim_links l JOIN identity_store_groups t ON t.group_id = l.identity_store_object_id
       WHERE l.job_id = :job AND l.entra_id = entra_groups.id
         AND t.display_name = entra_groups.display_name COLLATE BINARY)
     ORDER BY seq`,
    { application: job.service_principal_id, job: job.id },
  );

/** Users in scope that are not in the identity store as they are in the directory. */
export const usersToCarry = (store: SandboxStore, job: ScimJob) =>
  store.all<ScimSourceUser>(
    `SELECT * FROM entra_users WHERE ${USERS} AND NOT EXISTS (
       SELECT 1 FROM scim_links l JOIN identity_store_users t ON t.user_id = l.identity_store_object_id
       WHERE l.job_id = :job AND l.entra_id = entra_users.id
         AND t.user_name = entra_users.user_principal_name COLLATE BINARY
         AND t.display_name IS entra_users.display_name
         AND t.given_name IS entra_users.given_name
         AND t.family_name IS entra_users.surname
         AND t.email IS entra_users.mail
         AND t.phone_number IS entra_users.mobile_phone
         AND t.title IS entra_users.job_title
         AND t.active = entra_users.account_enabled
         AND t.external_id = entra_users.id
         AND t.external_id_issuer = :issuer)
     ORDER BY seq`,
    {
      application: job.service_principal_id,
      job: job.id,
      issuer: scimIssuer(store),
    },
  );

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

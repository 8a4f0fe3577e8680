import type { ScimContext, ScimJob } from './ScimJob';

/** Which identity store object SCIM has tied to an object of the directory. */
export function linkedTarget(
  { store }: ScimContext,
  job: ScimJob,
  entraId: string,
): string | undefined {
  return store.get<{ id: string }>(
    'SELECT identity_store_object_id AS id FROM scim_links WHERE job_id = ? AND entra_id = ?',
    [job.id, entraId],
  )?.id;
}

/** Ties an object of the directory to an identity store object, in place of an older tie. */
export function link(
  { store, clock }: ScimContext,
  job: ScimJob,
  kind: 'user' | 'group',
  entraId: string,
  targetId: string,
): void {
  store.run(
    `INSERT INTO scim_links (job_id, entra_id, object_type, identity_store_object_id, created_at, updated_at)
     VALUES (:job, :entraId, :kind, :targetId, :now, :now)
     ON CONFLICT (job_id, entra_id) DO UPDATE
     SET identity_store_object_id = excluded.identity_store_object_id, updated_at = excluded.updated_at`,
    { job: job.id, entraId, kind, targetId, now: clock.now() },
  );
}

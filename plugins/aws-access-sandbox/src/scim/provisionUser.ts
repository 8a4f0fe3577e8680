import { randomUUID } from 'crypto';
import { link, linkedTarget } from './scimLinks';
import type { ScimContext, ScimJob, ScimOutcome } from './ScimJob';
import { scimIssuer } from './scimIssuer';
import type { ScimSourceUser } from './scimScope';

/** Attributes without which IAM Identity Center takes no user. */
const required = {
  givenName: 'given_name',
  surname: 'surname',
  displayName: 'display_name',
  userName: 'user_principal_name',
} as const;

/** IAM Identity Center refuses these in names. */
const FORBIDDEN = /[<>;:%\t\r\n]/;

function fault(user: ScimSourceUser): ScimOutcome | undefined {
  for (const [name, column] of Object.entries(required)) {
    const value = user[column as keyof ScimSourceUser];
    if (!value) {
      return {
        status: 'failed',
        errorCode: 'MissingRequiredAttribute',
        reason: `The required attribute ${name} has no value`,
      };
    }
    if (FORBIDDEN.test(String(value))) {
      return {
        status: 'failed',
        errorCode: 'InvalidAttributeValue',
        reason: `The attribute ${name} contains a character that IAM Identity Center does not take`,
      };
    }
  }
  return undefined;
}

/**
 * Carries one user to the identity store: creates, updates, or takes over a
 * user of the same name. Nothing is removed here.
 */
export function provisionUser(
  context: ScimContext,
  job: ScimJob,
  user: ScimSourceUser,
): ScimOutcome {
  const { store, clock } = context;
  const failed = fault(user);
  if (failed) {
    return failed;
  }
  const linked = linkedTarget(context, job, user.id);
  const found = store.get<Record<string, string | number | null>>(
    'SELECT * FROM identity_store_users WHERE user_id = ? OR user_name = ? ORDER BY user_id = ? DESC',
    [linked ?? null, user.user_principal_name, linked ?? null],
  );
  const wanted = {
    user_name: user.user_principal_name,
    display_name: user.display_name,
    given_name: user.given_name,
    family_name: user.surname,
    email: user.mail,
    phone_number: user.mobile_phone,
    title: user.job_title,
    active: user.account_enabled,
    external_id_issuer: scimIssuer(store),
    external_id: user.id,
  };
  const now = clock.now();
  if (!found) {
    const targetId = randomUUID();
    store.insert('identity_store_users', {
      user_id: targetId,
      ...wanted,
      created_at: now,
      created_by: 'SCIM',
      updated_at: now,
      updated_by: 'SCIM',
    });
    link(context, job, 'user', user.id, targetId);
    return { status: 'created', targetId };
  }
  const targetId = String(found.user_id);
  if (linked !== targetId) {
    link(context, job, 'user', user.id, targetId);
  }
  if (
    Object.entries(wanted).every(([column, value]) => found[column] === value)
  ) {
    return { status: 'unchanged', targetId };
  }
  const rival = store.get(
    'SELECT 1 FROM identity_store_users WHERE user_name = ? AND user_id <> ?',
    [user.user_principal_name, targetId],
  );
  if (rival) {
    return {
      status: 'failed',
      targetId,
      errorCode: 'DuplicateTargetEntries',
      reason: `Another user of the identity store is already named ${user.user_principal_name}`,
    };
  }
  store.run(
    `UPDATE identity_store_users SET ${Object.keys(wanted)
      .map(column => `${column} = :${column}`)
      .join(
        ', ',
      )}, updated_at = :now, updated_by = 'SCIM' WHERE user_id = :targetId`,
    { ...wanted, now, targetId },
  );
  return { status: 'updated', targetId };
}

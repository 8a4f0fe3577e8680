import type { SandboxStore } from '../store/SandboxStore';

/** One role that a person can take on one account, and why. */
export type PersonRole = {
  accountId: string;
  accountName: string;
  permissionSet: string;
  permissionSetArn: string;
  /** Name of the group, absent for an assignment made to the user directly. */
  group: string | null;
};

/** What AWS would let a person do who signs in now. */
export type PersonAccess = {
  displayName: string;
  /** Id in the identity store, null for a person whom SCIM has not carried over. */
  userId: string | null;
  /** Why the person cannot sign in at all, in a sentence. */
  refusal?: string;
  roles: PersonRole[];
};

type Person = {
  display_name: string;
  account_enabled: number;
  user_id: string | null;
  active: number | null;
};

function whyNot(person: Person): string | undefined {
  if (!person.account_enabled) {
    return 'The account is disabled in Entra, so nobody can sign in with it.';
  }
  if (person.user_id === null) {
    return 'Entra signs the person in, but AWS does not know them: SCIM has not carried them over. The provisioning log may say why.';
  }
  return person.active
    ? undefined
    : 'The person was switched off in AWS because no assigned group holds them any more.';
}

/**
 * The accounts and roles that the AWS access portal would show, sorted by account.
 *
 * @param entraId - object id of the person
 * @returns undefined when there is no such person
 */
export function accessOfPerson(
  store: SandboxStore,
  entraId: string,
): PersonAccess | undefined {
  const person = store.get<Person>(
    `SELECT u.display_name, u.account_enabled, i.user_id, i.active FROM entra_users u
     LEFT JOIN identity_store_users i ON i.external_id = u.id
     WHERE u.id = ? AND u.deleted_at IS NULL`,
    [entraId],
  );
  if (!person) {
    return undefined;
  }
  const refusal = whyNot(person);
  const roles = refusal
    ? []
    : store.all<PersonRole>(
        `SELECT a.id AS accountId, a.name AS accountName, p.name AS permissionSet, p.arn AS permissionSetArn,
           g.display_name AS "group"
         FROM aws_account_assignments s
         JOIN aws_accounts a ON a.id = s.account_id
         JOIN aws_permission_sets p ON p.arn = s.permission_set_arn
         LEFT JOIN identity_store_groups g ON g.group_id = s.principal_id AND s.principal_type = 'GROUP'
         WHERE (s.principal_type = 'USER' AND s.principal_id = :user)
            OR (s.principal_type = 'GROUP' AND s.principal_id IN
                 (SELECT group_id FROM identity_store_memberships WHERE user_id = :user))
         ORDER BY a.name, p.name, g.display_name`,
        { user: person.user_id },
      );
  return {
    displayName: person.display_name,
    userId: person.user_id,
    refusal,
    roles,
  };
}

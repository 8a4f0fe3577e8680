import type { SandboxStore } from '../../store/SandboxStore';
import type { PermissionSetRow } from './rows';

/** IAM attaches at most this many managed policies to one role. */
const IAM_POLICIES_PER_ROLE = 10;

/**
 * Brings an account's role to the latest version of a permission set.
 *
 * @returns why AWS could not, in AWS's words, or undefined when it is done
 */
export function provisionToAccount(
  store: SandboxStore,
  permissionSet: PermissionSetRow,
  accountId: string,
  now: number,
): string | undefined {
  const refusal =
    accountRefusal(store, accountId) ??
    policyRefusal(store, permissionSet, accountId);
  if (refusal) {
    return refusal;
  }
  store.run(
    `INSERT INTO aws_provisioned_permission_sets (permission_set_arn, account_id, revision, provisioned_at)
     VALUES (:set, :account, :revision, :now)
     ON CONFLICT (permission_set_arn, account_id) DO UPDATE SET revision = :revision, provisioned_at = :now`,
    {
      set: permissionSet.arn,
      account: accountId,
      revision: permissionSet.revision,
      now,
    },
  );
  return undefined;
}

function accountRefusal(
  store: SandboxStore,
  accountId: string,
): string | undefined {
  const account = store.get<{ state: string }>(
    'SELECT state FROM aws_accounts WHERE id = ?',
    [accountId],
  );
  if (!account) {
    return `Received a 404 status error: Account ${accountId} not found.`;
  }
  return account.state === 'ACTIVE'
    ? undefined
    : `Received a 403 status error: Account ${accountId} is ${account.state}.`;
}

function policyRefusal(
  store: SandboxStore,
  permissionSet: PermissionSetRow,
  accountId: string,
): string | undefined {
  const customerPolicies = store.all<{ name: string; path: string }>(
    'SELECT name, path FROM aws_customer_managed_policy_references WHERE permission_set_arn = ?',
    [permissionSet.arn],
  );
  const boundary = permissionSet.permissions_boundary_json
    ? JSON.parse(permissionSet.permissions_boundary_json)
        .CustomerManagedPolicyReference
    : undefined;
  const needed = boundary
    ? [...customerPolicies, { name: boundary.Name, path: boundary.Path }]
    : customerPolicies;
  for (const { name, path } of needed) {
    const exists = store.get(
      'SELECT 1 FROM aws_account_customer_policies WHERE account_id = ? AND name = ? AND path = ?',
      [accountId, name, path],
    );
    if (!exists) {
      return `Received a 404 status error: Policy arn:aws:iam::${accountId}:policy${path}${name} does not exist or is not attachable.`;
    }
  }
  const managed = store.get<{ count: number }>(
    'SELECT count(*) AS count FROM aws_managed_policy_attachments WHERE permission_set_arn = ?',
    [permissionSet.arn],
  );
  const total = (managed?.count ?? 0) + customerPolicies.length;
  return total > IAM_POLICIES_PER_ROLE
    ? `Received a 409 status error: Cannot exceed quota for PoliciesPerRole: ${IAM_POLICIES_PER_ROLE}.`
    : undefined;
}

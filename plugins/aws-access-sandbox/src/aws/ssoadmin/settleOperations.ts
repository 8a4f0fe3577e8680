import type { SandboxContext } from '../../server/SandboxContext';
import type { SandboxStore } from '../../store/SandboxStore';
import type { OperationRow } from './operations';
import { provisionToAccount } from './provisioning';
import type { PermissionSetRow } from './rows';

/** As much of an operation as its effect depends on. */
export type OperationEffect = Pick<
  OperationRow,
  | 'kind'
  | 'permission_set_arn'
  | 'account_id'
  | 'principal_type'
  | 'principal_id'
  | 'completes_at'
>;

const NO_PERMISSION_SET =
  'Received a 404 status error: PermissionSet not found.';

/**
 * Completes every asynchronous operation whose time has come, in the order in which they complete.
 *
 * There is no timer: whoever looks at the state calls this first. So an operation that was under way when the
 * process died completes as soon as the next process is asked anything.
 */
export function settleOperations(context: SandboxContext): void {
  const { store, clock } = context;
  const now = clock.now();
  const isDue = store.get(
    'SELECT 1 FROM aws_operations WHERE effect_applied = 0 AND completes_at <= ? LIMIT 1',
    [now],
  );
  if (!isDue) {
    return;
  }
  store.transaction(() => {
    const due = store.all<OperationRow>(
      'SELECT * FROM aws_operations WHERE effect_applied = 0 AND completes_at <= ? ORDER BY completes_at, seq',
      [now],
    );
    for (const operation of due) {
      const failure =
        operation.failure_reason ?? applyOperation(store, operation);
      store.run(
        'UPDATE aws_operations SET status = ?, failure_reason = ?, effect_applied = 1 WHERE seq = ?',
        [failure ? 'FAILED' : 'SUCCEEDED', failure ?? null, operation.seq],
      );
    }
  });
}

/** Applies an operation and returns why it failed, if it did. */
export function applyOperation(
  store: SandboxStore,
  operation: OperationEffect,
): string | undefined {
  switch (operation.kind) {
    case 'create':
      return createAssignment(store, operation);
    case 'delete':
      return deleteAssignment(store, operation);
    default:
      return provision(store, operation);
  }
}

function createAssignment(
  store: SandboxStore,
  operation: OperationEffect,
): string | undefined {
  const { account_id, principal_type, principal_id } = operation;
  const permissionSet = findPermissionSet(store, operation);
  if (!permissionSet) {
    return NO_PERMISSION_SET;
  }
  const principal =
    principal_type === 'USER'
      ? store.get('SELECT 1 FROM identity_store_users WHERE user_id = ?', [
          principal_id,
        ])
      : store.get('SELECT 1 FROM identity_store_groups WHERE group_id = ?', [
          principal_id,
        ]);
  if (!principal) {
    return `Received a 404 status error: ${principal_type} ${principal_id} not found.`;
  }
  const refusal = provisionToAccount(
    store,
    permissionSet,
    account_id ?? '',
    operation.completes_at,
  );
  if (refusal) {
    return refusal;
  }
  store.run(
    `INSERT INTO aws_account_assignments (account_id, permission_set_arn, principal_type, principal_id, created_at)
     VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    [
      account_id,
      permissionSet.arn,
      principal_type,
      principal_id,
      operation.completes_at,
    ],
  );
  return undefined;
}

function deleteAssignment(
  store: SandboxStore,
  operation: OperationEffect,
): string | undefined {
  const { account_id, permission_set_arn, principal_type, principal_id } =
    operation;
  const changes = store.run(
    `DELETE FROM aws_account_assignments
     WHERE account_id = ? AND permission_set_arn = ? AND principal_type = ? AND principal_id = ?`,
    [account_id, permission_set_arn, principal_type, principal_id],
  );
  if (changes === 0) {
    return 'Received a 404 status error: Assignment not found.';
  }
  // The role goes from the account with the last assignment that needs it.
  store.run(
    `DELETE FROM aws_provisioned_permission_sets WHERE account_id = :account AND permission_set_arn = :set
     AND NOT EXISTS (SELECT 1 FROM aws_account_assignments WHERE account_id = :account AND permission_set_arn = :set)`,
    { account: account_id, set: permission_set_arn },
  );
  return undefined;
}

function provision(
  store: SandboxStore,
  operation: OperationEffect,
): string | undefined {
  const permissionSet = findPermissionSet(store, operation);
  if (!permissionSet) {
    return NO_PERMISSION_SET;
  }
  const accountIds = operation.account_id
    ? [operation.account_id]
    : store
        .all<{ account_id: string }>(
          'SELECT account_id FROM aws_provisioned_permission_sets WHERE permission_set_arn = ? ORDER BY seq',
          [permissionSet.arn],
        )
        .map(row => row.account_id);
  // One account that refuses fails the request; the others are provisioned all the same.
  return accountIds
    .map(accountId =>
      provisionToAccount(
        store,
        permissionSet,
        accountId,
        operation.completes_at,
      ),
    )
    .find(refusal => refusal !== undefined);
}

function findPermissionSet(
  store: SandboxStore,
  operation: OperationEffect,
): PermissionSetRow | undefined {
  return store.get<PermissionSetRow>(
    'SELECT * FROM aws_permission_sets WHERE arn = ?',
    [operation.permission_set_arn],
  );
}

import { randomUUID } from 'node:crypto';
import type { SandboxStore } from '../../store/SandboxStore';
import { AwsError } from '../protocol/AwsError';
import type { AwsCall } from '../protocol/AwsService';
import type { Page, PageRequest } from '../protocol/pages';
import { ssoAdminPage } from './rows';

/** The three kinds of asynchronous operation; a request id of one means nothing to the other two. */
export type OperationKind = 'create' | 'delete' | 'provision';

/** What an operation is about: the triple of an assignment, or the target of a provisioning. */
export interface OperationSubject {
  permission_set_arn: string;
  /** Absent when a permission set is provisioned to all accounts that have it. */
  account_id?: string;
  principal_type?: 'USER' | 'GROUP';
  principal_id?: string;
}

/** An asynchronous operation as it is stored. */
export interface OperationRow {
  seq: number;
  request_id: string;
  kind: OperationKind;
  status: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED';
  /** Set in advance for an operation that is going to fail whatever it asks for. */
  failure_reason: string | null;
  permission_set_arn: string;
  account_id: string | null;
  principal_type: 'USER' | 'GROUP' | null;
  principal_id: string | null;
  created_at: number;
  completes_at: number;
}

/**
 * Starts an operation; its effect comes when the clock passes `completes_at`.
 *
 * @throws AwsError `ConflictException` while another operation on the same subject is under way
 */
export function startOperation(
  call: AwsCall,
  kind: OperationKind,
  subject: OperationSubject,
): OperationRow {
  const { store, operationDelayMs } = call.context;
  refuseOverlap(store, kind, subject);
  const requestId = randomUUID();
  store.insert('aws_operations', {
    request_id: requestId,
    kind,
    status: 'IN_PROGRESS',
    // Known from the start, said at the end.
    failure_reason: call.weather.operationFailure,
    ...subject,
    created_at: call.now,
    completes_at:
      call.now + operationDelayMs + (call.weather.operationDelayMs ?? 0),
  });
  return requireOperation(call, kind, requestId);
}

/** How many operations of a kind have not finished. */
export function countOutstanding(call: AwsCall, kind: OperationKind): number {
  return (
    call.context.store.get<{ count: number }>(
      "SELECT count(*) AS count FROM aws_operations WHERE kind = ? AND status = 'IN_PROGRESS'",
      [kind],
    )?.count ?? 0
  );
}

/**
 * The operation with this request id.
 * @throws AwsError `ResourceNotFoundException`, also for an id of another kind
 */
export function requireOperation(
  call: AwsCall,
  kind: OperationKind,
  requestId: string,
): OperationRow {
  const row = call.context.store.get<OperationRow>(
    'SELECT * FROM aws_operations WHERE request_id = ? AND kind = ?',
    [requestId, kind],
  );
  if (!row) {
    throw AwsError.notFound(`Could not find request with id ${requestId}.`);
  }
  return row;
}

/** Why an operation failed, once it has. */
export function failureReason(row: OperationRow): string | undefined {
  return row.status === 'FAILED' ? row.failure_reason ?? undefined : undefined;
}

/** One page of operations of a kind, the newest last, filtered by status when asked. */
export function pageOfOperations(
  call: AwsCall,
  kind: OperationKind,
  input: PageRequest & { Filter?: { Status?: string } },
): Page<OperationRow> {
  const status = input.Filter?.Status;
  return ssoAdminPage(call, input, (after, limit) =>
    call.context.store.all<OperationRow>(
      `SELECT * FROM aws_operations WHERE kind = ? ${
        status ? 'AND status = ?' : ''
      } AND seq > ? ORDER BY seq LIMIT ?`,
      [kind, ...(status ? [status] : []), after, limit],
    ),
  );
}

function refuseOverlap(
  store: SandboxStore,
  kind: OperationKind,
  subject: OperationSubject,
): void {
  const overlapping =
    kind === 'provision'
      ? store.get(
          `SELECT 1 FROM aws_operations WHERE status = 'IN_PROGRESS' AND kind = 'provision' AND permission_set_arn = :set
           AND (account_id IS NULL OR :account IS NULL OR account_id = :account)`,
          {
            set: subject.permission_set_arn,
            account: subject.account_id ?? null,
          },
        )
      : store.get(
          `SELECT 1 FROM aws_operations WHERE status = 'IN_PROGRESS' AND kind IN ('create', 'delete')
           AND permission_set_arn = ? AND account_id = ? AND principal_type = ? AND principal_id = ?`,
          [
            subject.permission_set_arn,
            subject.account_id ?? null,
            subject.principal_type ?? null,
            subject.principal_id ?? null,
          ],
        );
  if (overlapping) {
    throw AwsError.conflict(
      'Cannot perform the operation because another operation on the same resource is in progress.',
    );
  }
}

import type { AwsCall } from '../protocol/AwsService';
import { AwsError } from '../protocol/AwsError';
import { type Page, type PageRequest, readPage } from '../protocol/pages';

/** The Identity Center instance of the sandbox. */
export interface InstanceRow {
  instance_arn: string;
  identity_store_id: string;
  owner_account_id: string;
  name: string | null;
  region: string;
  status: string;
  permission_sets_enabled: number;
  created_at: number;
}

/** A permission set as it is stored. */
export interface PermissionSetRow {
  seq: number;
  arn: string;
  name: string;
  description: string | null;
  session_duration: string;
  relay_state: string | null;
  inline_policy: string | null;
  permissions_boundary_json: string | null;
  /** Grows with every change that provisioned accounts do not have yet. */
  revision: number;
  created_at: number;
}

/**
 * The instance that a call names.
 * @throws AwsError `ResourceNotFoundException` for any other ARN than the sandbox's own
 */
export function requireInstance(
  call: AwsCall,
  instanceArn: string,
): InstanceRow {
  const instance = call.context.store.get<InstanceRow>(
    'SELECT * FROM aws_instance WHERE instance_arn = ?',
    [instanceArn],
  );
  if (!instance) {
    throw AwsError.notFound(
      `Instance with id ${instanceArn.split('/').pop()} not found.`,
    );
  }
  return instance;
}

/**
 * As {@link requireInstance}, for the operations that say of no instance whether it exists.
 * @throws AwsError `AccessDeniedException`
 */
export function requireVisibleInstance(
  call: AwsCall,
  instanceArn: string,
): InstanceRow {
  try {
    return requireInstance(call, instanceArn);
  } catch {
    throw AwsError.denied(
      call.caller.principalArn,
      `sso:${call.operation}`,
      instanceArn,
    );
  }
}

/**
 * The permission set that a call names, in the instance that it names.
 * @throws AwsError `ResourceNotFoundException`
 */
export function requirePermissionSet(
  call: AwsCall,
  reference: { InstanceArn: string; PermissionSetArn: string },
): PermissionSetRow {
  requireInstance(call, reference.InstanceArn);
  const row = call.context.store.get<PermissionSetRow>(
    'SELECT * FROM aws_permission_sets WHERE arn = ?',
    [reference.PermissionSetArn],
  );
  if (!row) {
    throw AwsError.notFound(
      `Could not find PermissionSet with id ${reference.PermissionSetArn.split(
        '/',
      ).pop()}.`,
    );
  }
  return row;
}

/** One page of an sso-admin list: 50 rows unless the caller asks for another number up to 100. */
export function ssoAdminPage<Row extends { seq: number }>(
  call: AwsCall,
  input: PageRequest,
  read: (after: number, limit: number) => Row[],
): Page<Row> {
  return readPage({
    call,
    input,
    defaultSize: 50,
    read,
    invalidToken: () =>
      AwsError.validation('The provided NextToken is not valid'),
  });
}

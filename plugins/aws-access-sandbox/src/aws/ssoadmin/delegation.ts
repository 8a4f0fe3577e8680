import type { AwsCall } from '../protocol/AwsService';
import { AwsError } from '../protocol/AwsError';

const MANAGEMENT_ONLY = new Set(['ListAccountAssignmentsForPrincipal']);

/**
 * Who may call sso-admin at all: the management account, and delegated administrators of Identity Center apart from
 * what AWS keeps for the management account. Any account may ask which instances it can see.
 */
export function authorizeSsoAdmin(call: AwsCall): void {
  const { caller, operation } = call;
  if (caller.kind === 'management' || operation === 'ListInstances') {
    return;
  }
  if (caller.kind === 'member' || MANAGEMENT_ONLY.has(operation)) {
    throw AwsError.denied(caller.principalArn, `sso:${operation}`, '*');
  }
}

/**
 * Refuses a delegated administrator who would change access to the management account: neither an assignment there
 * nor a permission set that is provisioned there is theirs to touch.
 */
export function refuseDelegatedChange(
  call: AwsCall,
  permissionSetArn: string,
  accountId?: string,
): void {
  const { caller, context, operation } = call;
  if (caller.kind === 'management') {
    return;
  }
  const management = managementAccountId(call);
  const provisionedThere = context.store.get(
    'SELECT 1 FROM aws_provisioned_permission_sets WHERE permission_set_arn = ? AND account_id = ?',
    [permissionSetArn, management],
  );
  if (accountId === management || provisionedThere) {
    throw AwsError.denied(
      caller.principalArn,
      `sso:${operation}`,
      accountId === management
        ? `arn:aws:sso:::account/${accountId}`
        : permissionSetArn,
    );
  }
}

function managementAccountId(call: AwsCall): string {
  return (
    call.context.store.get<{ management_account_id: string }>(
      'SELECT management_account_id FROM aws_organization',
    )?.management_account_id ?? ''
  );
}

import type { AwsCall } from '../protocol/AwsService';
import { AwsError } from '../protocol/AwsError';
import { regionOf } from './regions';

const MANAGEMENT_ONLY = new Set([
  'ListAccountAssignmentsForPrincipal',
  'AddRegion',
  'RemoveRegion',
  'UpdateInstance',
]);

/**
 * Who may call sso-admin at all: the management account, and delegated administrators of Identity Center apart from
 * what AWS keeps for the management account. Any account may ask which instances it can see. And where: permission sets
 * and assignments exist in the primary Region alone, and only when they are enabled.
 */
export function authorizeSsoAdmin(call: AwsCall): void {
  const { caller, operation } = call;
  if (operation === 'ListInstances') {
    return;
  }
  if (caller.kind !== 'management') {
    refuseOtherAccounts(call);
  }
  refuseOtherRegions(call);
  refuseWithoutPermissionSets(call);
}

function refuseOtherAccounts({ caller, operation }: AwsCall): void {
  if (caller.kind === 'member' || MANAGEMENT_ONLY.has(operation)) {
    throw AwsError.denied(caller.principalArn, `sso:${operation}`, '*');
  }
}

const IN_EVERY_REGION = new Set([
  'DescribeInstance',
  'ListRegions',
  'DescribeRegion',
]);

/** Operations that do not know ResourceNotFoundException. */
const NO_RESOURCE_ERROR = new Set([
  'AddRegion',
  'DescribeInstance',
  'ListRegions',
]);

function refuseOtherRegions(call: AwsCall): void {
  const { operation } = call;
  const region = regionOf(call);
  if (region === 'elsewhere') {
    throw NO_RESOURCE_ERROR.has(operation)
      ? AwsError.denied(call.caller.principalArn, `sso:${operation}`, '*')
      : AwsError.notFound('Could not find an instance in this Region.');
  }
  if (region === 'additional' && !IN_EVERY_REGION.has(operation)) {
    throw AwsError.validation(
      'The operation is available only in the primary Region of the instance.',
    );
  }
}

function refuseWithoutPermissionSets({ context, operation }: AwsCall): void {
  const isDisabled =
    /PermissionSet|AccountAssignment/.test(operation) &&
    context.store.get(
      'SELECT 1 FROM aws_instance WHERE permission_sets_enabled = 0',
    );
  if (isDisabled) {
    throw AwsError.validation(
      'Permission sets are not enabled for this instance.',
    );
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

import { z } from 'zod';
import { AwsError } from '../protocol/AwsError';
import { defineOperation } from '../protocol/AwsService';
import { summarize } from './assignmentOperations';
import { refuseDelegatedChange } from './delegation';
import {
  failureReason,
  type OperationRow,
  pageOfOperations,
  requireOperation,
  startOperation,
} from './operations';
import { requireInstance, requirePermissionSet, ssoAdminPage } from './rows';
import {
  AccountId,
  InstanceArn,
  OperationStatusFilter,
  paging,
  permissionSetReference,
  ProvisioningStatus,
  RequestId,
} from './shapes';

const provisionPermissionSet = defineOperation({
  name: 'ProvisionPermissionSet',
  input: z.object({
    ...permissionSetReference,
    TargetId: AccountId.optional(),
    TargetType: z.enum(['AWS_ACCOUNT', 'ALL_PROVISIONED_ACCOUNTS']),
  }),
  handle(input, call) {
    const permissionSet = requirePermissionSet(call, input);
    if ((input.TargetType === 'AWS_ACCOUNT') !== Boolean(input.TargetId)) {
      throw AwsError.validation(
        'TargetId is required for the target type AWS_ACCOUNT and not allowed for ALL_PROVISIONED_ACCOUNTS.',
      );
    }
    refuseDelegatedChange(call, permissionSet.arn, input.TargetId);
    return {
      PermissionSetProvisioningStatus: describe(
        startOperation(call, 'provision', {
          permission_set_arn: permissionSet.arn,
          account_id: input.TargetId,
        }),
      ),
    };
  },
});

const describeProvisioningStatus = defineOperation({
  name: 'DescribePermissionSetProvisioningStatus',
  input: z.object({ InstanceArn, ProvisionPermissionSetRequestId: RequestId }),
  handle(input, call) {
    requireInstance(call, input.InstanceArn);
    return {
      PermissionSetProvisioningStatus: describe(
        requireOperation(
          call,
          'provision',
          input.ProvisionPermissionSetRequestId,
        ),
      ),
    };
  },
});

const listProvisioningStatus = defineOperation({
  name: 'ListPermissionSetProvisioningStatus',
  input: z.object({ InstanceArn, Filter: OperationStatusFilter, ...paging }),
  handle(input, call) {
    requireInstance(call, input.InstanceArn);
    const { rows, NextToken } = pageOfOperations(call, 'provision', input);
    return { PermissionSetsProvisioningStatus: rows.map(summarize), NextToken };
  },
});

/** Joins each provisioned copy with its permission set and keeps those that are, or are not, up to date. */
const PROVISIONED = `
  SELECT provisioned.seq, provisioned.account_id, provisioned.permission_set_arn
  FROM aws_provisioned_permission_sets AS provisioned
  JOIN aws_permission_sets AS latest ON latest.arn = provisioned.permission_set_arn
  WHERE provisioned.seq > :after
    AND (:status IS NULL OR (provisioned.revision = latest.revision) = (:status = 'LATEST_PERMISSION_SET_PROVISIONED'))`;

interface ProvisionedRow {
  seq: number;
  account_id: string;
  permission_set_arn: string;
}

const listPermissionSetsProvisionedToAccount = defineOperation({
  name: 'ListPermissionSetsProvisionedToAccount',
  input: z.object({
    InstanceArn,
    AccountId,
    ProvisioningStatus: ProvisioningStatus.optional(),
    ...paging,
  }),
  handle(input, call) {
    requireInstance(call, input.InstanceArn);
    const { rows, NextToken } = ssoAdminPage(call, input, (after, limit) =>
      call.context.store.all<ProvisionedRow>(
        `${PROVISIONED} AND provisioned.account_id = :account ORDER BY provisioned.seq LIMIT :limit`,
        {
          after,
          limit,
          status: input.ProvisioningStatus ?? null,
          account: input.AccountId,
        },
      ),
    );
    return {
      PermissionSets: rows.map(row => row.permission_set_arn),
      NextToken,
    };
  },
});

const listAccountsForProvisionedPermissionSet = defineOperation({
  name: 'ListAccountsForProvisionedPermissionSet',
  input: z.object({
    ...permissionSetReference,
    ProvisioningStatus: ProvisioningStatus.optional(),
    ...paging,
  }),
  handle(input, call) {
    const { arn } = requirePermissionSet(call, input);
    const { rows, NextToken } = ssoAdminPage(call, input, (after, limit) =>
      call.context.store.all<ProvisionedRow>(
        `${PROVISIONED} AND provisioned.permission_set_arn = :arn ORDER BY provisioned.seq LIMIT :limit`,
        { after, limit, status: input.ProvisioningStatus ?? null, arn },
      ),
    );
    return { AccountIds: rows.map(row => row.account_id), NextToken };
  },
});

function describe(row: OperationRow) {
  return {
    ...summarize(row),
    AccountId: row.account_id ?? undefined,
    PermissionSetArn: row.permission_set_arn,
    FailureReason: failureReason(row),
  };
}

export const provisioningOperations = [
  provisionPermissionSet,
  describeProvisioningStatus,
  listProvisioningStatus,
  listPermissionSetsProvisionedToAccount,
  listAccountsForProvisionedPermissionSet,
];

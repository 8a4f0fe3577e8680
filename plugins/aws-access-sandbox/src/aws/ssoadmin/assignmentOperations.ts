import { z } from 'zod';
import type { SandboxLimits } from '../../server/SandboxLimits';
import { AwsError } from '../protocol/AwsError';
import {
  type AwsCall,
  type AwsOperation,
  defineOperation,
} from '../protocol/AwsService';
import { toEpochSeconds } from '../protocol/timestamps';
import { refuseDelegatedChange } from './delegation';
import {
  countOutstanding,
  failureReason,
  type OperationKind,
  type OperationRow,
  pageOfOperations,
  requireOperation,
  startOperation,
} from './operations';
import { requireInstance, requirePermissionSet } from './rows';
import {
  AccountId,
  InstanceArn,
  OperationStatusFilter,
  paging,
  permissionSetReference,
  PrincipalId,
  PrincipalType,
  RequestId,
  TargetType,
} from './shapes';

const assignment = z.object({
  ...permissionSetReference,
  TargetId: AccountId,
  TargetType,
  PrincipalType,
  PrincipalId,
});

/** The writes of account assignments, and how their asynchronous operations are followed. */
export function assignmentOperations(
  limits: () => SandboxLimits,
): AwsOperation[] {
  const createAccountAssignment = defineOperation({
    name: 'CreateAccountAssignment',
    input: assignment,
    handle(input, call) {
      if (
        countOutstanding(call, 'create') >=
        limits().outstandingAssignmentOperations
      ) {
        throw new AwsError(
          'ThrottlingException',
          'There are too many requests processing at this time. Please try again later.',
        );
      }
      return {
        AccountAssignmentCreationStatus: describe(start(call, 'create', input)),
      };
    },
  });

  const deleteAccountAssignment = defineOperation({
    name: 'DeleteAccountAssignment',
    input: assignment,
    handle: (input, call) => ({
      AccountAssignmentDeletionStatus: describe(start(call, 'delete', input)),
    }),
  });

  const describeCreationStatus = defineOperation({
    name: 'DescribeAccountAssignmentCreationStatus',
    input: z.object({
      InstanceArn,
      AccountAssignmentCreationRequestId: RequestId,
    }),
    handle(input, call) {
      requireInstance(call, input.InstanceArn);
      return {
        AccountAssignmentCreationStatus: describe(
          requireOperation(
            call,
            'create',
            input.AccountAssignmentCreationRequestId,
          ),
        ),
      };
    },
  });

  const describeDeletionStatus = defineOperation({
    name: 'DescribeAccountAssignmentDeletionStatus',
    input: z.object({
      InstanceArn,
      AccountAssignmentDeletionRequestId: RequestId,
    }),
    handle(input, call) {
      requireInstance(call, input.InstanceArn);
      return {
        AccountAssignmentDeletionStatus: describe(
          requireOperation(
            call,
            'delete',
            input.AccountAssignmentDeletionRequestId,
          ),
        ),
      };
    },
  });

  const list = z.object({
    InstanceArn,
    Filter: OperationStatusFilter,
    ...paging,
  });

  const listCreationStatus = defineOperation({
    name: 'ListAccountAssignmentCreationStatus',
    input: list,
    handle(input, call) {
      requireInstance(call, input.InstanceArn);
      const { rows, NextToken } = pageOfOperations(call, 'create', input);
      return {
        AccountAssignmentsCreationStatus: rows.map(summarize),
        NextToken,
      };
    },
  });

  const listDeletionStatus = defineOperation({
    name: 'ListAccountAssignmentDeletionStatus',
    input: list,
    handle(input, call) {
      requireInstance(call, input.InstanceArn);
      const { rows, NextToken } = pageOfOperations(call, 'delete', input);
      return {
        AccountAssignmentsDeletionStatus: rows.map(summarize),
        NextToken,
      };
    },
  });

  return [
    createAccountAssignment,
    deleteAccountAssignment,
    describeCreationStatus,
    describeDeletionStatus,
    listCreationStatus,
    listDeletionStatus,
  ];
}

function start(
  call: AwsCall,
  kind: OperationKind,
  input: z.output<typeof assignment>,
): OperationRow {
  const permissionSet = requirePermissionSet(call, input);
  refuseDelegatedChange(call, permissionSet.arn, input.TargetId);
  return startOperation(call, kind, {
    permission_set_arn: permissionSet.arn,
    account_id: input.TargetId,
    principal_type: input.PrincipalType,
    principal_id: input.PrincipalId,
  });
}

/** The short form of an operation that the list operations answer with. */
export function summarize(row: OperationRow) {
  return {
    Status: row.status,
    RequestId: row.request_id,
    CreatedDate: toEpochSeconds(row.created_at),
  };
}

function describe(row: OperationRow) {
  return {
    ...summarize(row),
    FailureReason: failureReason(row),
    TargetId: row.account_id,
    TargetType: 'AWS_ACCOUNT',
    PermissionSetArn: row.permission_set_arn,
    PrincipalType: row.principal_type,
    PrincipalId: row.principal_id,
  };
}

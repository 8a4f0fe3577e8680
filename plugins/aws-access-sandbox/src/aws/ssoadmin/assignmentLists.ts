import { z } from 'zod';
import { defineOperation } from '../protocol/AwsService';
import { requireInstance, requirePermissionSet, ssoAdminPage } from './rows';
import {
  AccountId,
  InstanceArn,
  paging,
  permissionSetReference,
  PrincipalId,
  PrincipalType,
} from './shapes';

interface AssignmentRow {
  seq: number;
  account_id: string;
  permission_set_arn: string;
  principal_type: string;
  principal_id: string;
}

const listAccountAssignments = defineOperation({
  name: 'ListAccountAssignments',
  input: z.object({ ...permissionSetReference, AccountId, ...paging }),
  handle(input, call) {
    const { arn } = requirePermissionSet(call, input);
    const { rows, NextToken } = ssoAdminPage(call, input, (after, limit) =>
      call.context.store.all<AssignmentRow>(
        `SELECT * FROM aws_account_assignments WHERE permission_set_arn = ? AND account_id = ? AND seq > ?
         ORDER BY seq LIMIT ?`,
        [arn, input.AccountId, after, limit],
      ),
    );
    return { AccountAssignments: rows.map(describe), NextToken };
  },
});

/** Also what the principal has through its groups: AWS answers for a user with the groups' assignments as well. */
const listAccountAssignmentsForPrincipal = defineOperation({
  name: 'ListAccountAssignmentsForPrincipal',
  input: z.object({
    InstanceArn,
    PrincipalId,
    PrincipalType,
    Filter: z.object({ AccountId: AccountId.optional() }).optional(),
    ...paging,
  }),
  handle(input, call) {
    requireInstance(call, input.InstanceArn);
    const { rows, NextToken } = ssoAdminPage(call, input, (after, limit) =>
      call.context.store.all<AssignmentRow>(
        `SELECT * FROM aws_account_assignments
         WHERE seq > :after AND (:account IS NULL OR account_id = :account) AND (
           (principal_type = :type AND principal_id = :principal)
           OR (:type = 'USER' AND principal_type = 'GROUP' AND principal_id IN (
             SELECT group_id FROM identity_store_memberships WHERE user_id = :principal)))
         ORDER BY seq LIMIT :limit`,
        {
          after,
          limit,
          account: input.Filter?.AccountId ?? null,
          type: input.PrincipalType,
          principal: input.PrincipalId,
        },
      ),
    );
    return { AccountAssignments: rows.map(describe), NextToken };
  },
});

function describe(row: AssignmentRow) {
  return {
    AccountId: row.account_id,
    PermissionSetArn: row.permission_set_arn,
    PrincipalType: row.principal_type,
    PrincipalId: row.principal_id,
  };
}

export const assignmentListOperations = [
  listAccountAssignments,
  listAccountAssignmentsForPrincipal,
];

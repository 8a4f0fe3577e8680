import { z } from 'zod';
import { type AwsCall, defineOperation } from '../protocol/AwsService';
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
    const principals = [
      { type: input.PrincipalType, id: input.PrincipalId },
      ...(input.PrincipalType === 'USER'
        ? groupsOfUser(call, input.PrincipalId)
        : []),
    ];
    const accountId = input.Filter?.AccountId;
    // A page of each principal, merged: so a page costs the same however much they have.
    const { rows, NextToken } = ssoAdminPage(call, input, (after, limit) =>
      principals
        .flatMap(({ type, id }) =>
          call.context.store.all<AssignmentRow>(
            `SELECT * FROM aws_account_assignments WHERE principal_id = ? AND principal_type = ? ${
              accountId ? 'AND account_id = ?' : ''
            } AND seq > ? ORDER BY seq LIMIT ?`,
            [id, type, ...(accountId ? [accountId] : []), after, limit],
          ),
        )
        .sort((one, other) => one.seq - other.seq)
        .slice(0, limit),
    );
    return { AccountAssignments: rows.map(describe), NextToken };
  },
});

function groupsOfUser(call: AwsCall, userId: string) {
  return call.context.store
    .all<{ id: string }>(
      'SELECT group_id AS id FROM identity_store_memberships WHERE user_id = ?',
      [userId],
    )
    .map(({ id }) => ({ type: 'GROUP', id }));
}

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

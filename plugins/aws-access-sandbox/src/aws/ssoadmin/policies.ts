import { z } from 'zod';
import { AwsError } from '../protocol/AwsError';
import { type AwsCall, defineOperation } from '../protocol/AwsService';
import { refuseDelegatedChange } from './delegation';
import {
  type PermissionSetRow,
  requirePermissionSet,
  ssoAdminPage,
} from './rows';
import {
  CustomerManagedPolicyReference,
  ManagedPolicyArn,
  paging,
  permissionSetReference,
} from './shapes';

/** AWS's quota of managed and customer managed policies together. IAM's own limit of 10 bites when provisioning. */
const MAXIMUM_POLICIES = 20;

const attachManagedPolicy = defineOperation({
  name: 'AttachManagedPolicyToPermissionSet',
  input: z.object({ ...permissionSetReference, ManagedPolicyArn }),
  handle(input, call) {
    const row = changeable(call, input);
    const { store } = call.context;
    if (
      store.get(
        'SELECT 1 FROM aws_managed_policy_attachments WHERE permission_set_arn = ? AND policy_arn = ?',
        [row.arn, input.ManagedPolicyArn],
      )
    ) {
      throw AwsError.conflict(
        `Managed policy ${input.ManagedPolicyArn} is already attached to the permission set.`,
      );
    }
    checkPolicyQuota(call, row.arn);
    store.insert('aws_managed_policy_attachments', {
      permission_set_arn: row.arn,
      policy_arn: input.ManagedPolicyArn,
      policy_name: input.ManagedPolicyArn.split('/').pop() ?? '',
    });
    bumpRevision(call, row.arn);
    return {};
  },
});

const detachManagedPolicy = defineOperation({
  name: 'DetachManagedPolicyFromPermissionSet',
  input: z.object({ ...permissionSetReference, ManagedPolicyArn }),
  handle(input, call) {
    const row = changeable(call, input);
    const changes = call.context.store.run(
      'DELETE FROM aws_managed_policy_attachments WHERE permission_set_arn = ? AND policy_arn = ?',
      [row.arn, input.ManagedPolicyArn],
    );
    if (changes === 0) {
      throw AwsError.notFound(
        `Managed policy ${input.ManagedPolicyArn} is not attached to the permission set.`,
      );
    }
    bumpRevision(call, row.arn);
    return {};
  },
});

const listManagedPolicies = defineOperation({
  name: 'ListManagedPoliciesInPermissionSet',
  input: z.object({ ...permissionSetReference, ...paging }),
  handle(input, call) {
    const { arn } = requirePermissionSet(call, input);
    const { rows, NextToken } = ssoAdminPage(call, input, (after, limit) =>
      call.context.store.all<{
        seq: number;
        policy_arn: string;
        policy_name: string;
      }>(
        `SELECT seq, policy_arn, policy_name FROM aws_managed_policy_attachments
         WHERE permission_set_arn = ? AND seq > ? ORDER BY seq LIMIT ?`,
        [arn, after, limit],
      ),
    );
    return {
      AttachedManagedPolicies: rows.map(row => ({
        Name: row.policy_name,
        Arn: row.policy_arn,
      })),
      NextToken,
    };
  },
});

const attachCustomerManagedPolicy = defineOperation({
  name: 'AttachCustomerManagedPolicyReferenceToPermissionSet',
  input: z.object({
    ...permissionSetReference,
    CustomerManagedPolicyReference,
  }),
  handle(input, call) {
    const row = changeable(call, input);
    const { Name, Path = '/' } = input.CustomerManagedPolicyReference;
    const { store } = call.context;
    if (
      store.get(
        `SELECT 1 FROM aws_customer_managed_policy_references
         WHERE permission_set_arn = ? AND name = ? AND path = ?`,
        [row.arn, Name, Path],
      )
    ) {
      throw AwsError.conflict(
        `Customer managed policy ${Path}${Name} is already attached to the permission set.`,
      );
    }
    checkPolicyQuota(call, row.arn);
    store.insert('aws_customer_managed_policy_references', {
      permission_set_arn: row.arn,
      name: Name,
      path: Path,
    });
    bumpRevision(call, row.arn);
    return {};
  },
});

const detachCustomerManagedPolicy = defineOperation({
  name: 'DetachCustomerManagedPolicyReferenceFromPermissionSet',
  input: z.object({
    ...permissionSetReference,
    CustomerManagedPolicyReference,
  }),
  handle(input, call) {
    const row = changeable(call, input);
    const { Name, Path = '/' } = input.CustomerManagedPolicyReference;
    const changes = call.context.store.run(
      `DELETE FROM aws_customer_managed_policy_references
       WHERE permission_set_arn = ? AND name = ? AND path = ?`,
      [row.arn, Name, Path],
    );
    if (changes === 0) {
      throw AwsError.notFound(
        `Customer managed policy ${Path}${Name} is not attached to the permission set.`,
      );
    }
    bumpRevision(call, row.arn);
    return {};
  },
});

const listCustomerManagedPolicies = defineOperation({
  name: 'ListCustomerManagedPolicyReferencesInPermissionSet',
  input: z.object({ ...permissionSetReference, ...paging }),
  handle(input, call) {
    const { arn } = requirePermissionSet(call, input);
    const { rows, NextToken } = ssoAdminPage(call, input, (after, limit) =>
      call.context.store.all<{ seq: number; name: string; path: string }>(
        `SELECT seq, name, path FROM aws_customer_managed_policy_references
         WHERE permission_set_arn = ? AND seq > ? ORDER BY seq LIMIT ?`,
        [arn, after, limit],
      ),
    );
    return {
      CustomerManagedPolicyReferences: rows.map(row => ({
        Name: row.name,
        Path: row.path,
      })),
      NextToken,
    };
  },
});

/** The permission set of a call that changes its policies, if the caller may. */
export function changeable(
  call: AwsCall,
  reference: { InstanceArn: string; PermissionSetArn: string },
): PermissionSetRow {
  const row = requirePermissionSet(call, reference);
  refuseDelegatedChange(call, row.arn);
  return row;
}

/** Marks the permission set as newer than what its accounts have. */
export function bumpRevision(call: AwsCall, permissionSetArn: string): void {
  call.context.store.run(
    'UPDATE aws_permission_sets SET revision = revision + 1 WHERE arn = ?',
    [permissionSetArn],
  );
}

function checkPolicyQuota(call: AwsCall, arn: string): void {
  const attached = call.context.store.get<{ count: number }>(
    `SELECT (SELECT count(*) FROM aws_managed_policy_attachments WHERE permission_set_arn = :arn)
          + (SELECT count(*) FROM aws_customer_managed_policy_references WHERE permission_set_arn = :arn) AS count`,
    { arn },
  );
  if (attached && attached.count >= MAXIMUM_POLICIES) {
    throw AwsError.quota(
      `A permission set can have at most ${MAXIMUM_POLICIES} managed policies.`,
    );
  }
}

export const policyOperations = [
  attachManagedPolicy,
  detachManagedPolicy,
  listManagedPolicies,
  attachCustomerManagedPolicy,
  detachCustomerManagedPolicy,
  listCustomerManagedPolicies,
];

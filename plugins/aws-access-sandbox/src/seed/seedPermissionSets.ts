import type { SandboxStore } from '../store/SandboxStore';
import { exampleAccounts } from './exampleAccounts';
import { ExampleAssignment, exampleAssignments } from './exampleAssignments';
import { exampleFoundedAt } from './exampleConstants';
import { exampleGroups } from './exampleGroups';
import { examplePeople } from './examplePeople';
import { examplePermissionSets } from './examplePermissionSets';

function principalOf({ principal }: ExampleAssignment) {
  switch (principal.type) {
    case 'user':
      return {
        principal_type: 'USER',
        principal_id: examplePeople.find(({ name }) => name === principal.name)!
          .identityStoreUserId,
      };
    case 'group':
      return {
        principal_type: 'GROUP',
        principal_id: exampleGroups.find(
          ({ displayName }) => displayName === principal.displayName,
        )!.identityStoreGroupId,
      };
    default:
      return {
        principal_type: 'GROUP',
        principal_id: principal.identityStoreGroupId,
      };
  }
}

/** Writes the permission sets, who has them where, and that they are provisioned there. */
export function seedPermissionSets(store: SandboxStore): void {
  for (const set of examplePermissionSets) {
    store.insert('aws_permission_sets', {
      arn: set.arn,
      name: set.name,
      description: set.description,
      session_duration: set.sessionDuration,
      relay_state: set.relayState,
      inline_policy: set.inlinePolicy && JSON.stringify(set.inlinePolicy),
      permissions_boundary_json:
        set.permissionsBoundaryArn &&
        JSON.stringify({ ManagedPolicyArn: set.permissionsBoundaryArn }),
      created_at: exampleFoundedAt,
    });
    for (const policyArn of set.managedPolicyArns) {
      store.insert('aws_managed_policy_attachments', {
        permission_set_arn: set.arn,
        policy_arn: policyArn,
        policy_name: policyArn.split('/').pop()!,
      });
    }
    for (const policy of set.customerManagedPolicies ?? []) {
      store.insert('aws_customer_managed_policy_references', {
        permission_set_arn: set.arn,
        ...policy,
      });
    }
    for (const [key, value] of Object.entries(set.tags)) {
      store.insert('aws_resource_tags', { resource_id: set.arn, key, value });
    }
  }
  for (const assignment of exampleAssignments) {
    const pair = {
      account_id: exampleAccounts.find(a => a.name === assignment.account)!.id,
      permission_set_arn: examplePermissionSets.find(
        ({ name }) => name === assignment.permissionSet,
      )!.arn,
    };
    store.insert('aws_account_assignments', {
      ...pair,
      ...principalOf(assignment),
      created_at: exampleFoundedAt,
    });
    store.run(
      `INSERT INTO aws_provisioned_permission_sets (permission_set_arn, account_id, revision, provisioned_at)
       VALUES (:permission_set_arn, :account_id, 1, :provisioned_at)
       ON CONFLICT (permission_set_arn, account_id) DO NOTHING`,
      { ...pair, provisioned_at: exampleFoundedAt },
    );
  }
}

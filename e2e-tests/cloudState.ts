// What is true in the clouds, by their own word.
import { callAws, readGraph } from './sandboxClouds';

/** The one instance of the sandbox's Identity Center. */
export async function instance() {
  const { Instances } = await callAws('sso-admin', 'ListInstances');
  return Instances[0] as { InstanceArn: string; IdentityStoreId: string };
}

/** @throws Error when AWS has no permission set of that name */
export async function permissionSetArn(name: string): Promise<string> {
  const { InstanceArn } = await instance();
  const { PermissionSets } = await callAws('sso-admin', 'ListPermissionSets', {
    InstanceArn,
  });
  for (const PermissionSetArn of PermissionSets) {
    const { PermissionSet } = await callAws(
      'sso-admin',
      'DescribePermissionSet',
      { InstanceArn, PermissionSetArn },
    );
    if (PermissionSet.Name === name) return PermissionSetArn;
  }
  throw new Error(`AWS has no permission set ${name}`);
}

/** The Entra group of that name, if there is one. */
export async function findEntraGroup(displayName: string) {
  const { value } = await readGraph(
    `/groups?$filter=${encodeURIComponent(`displayName eq '${displayName}'`)}`,
  );
  return value[0] as { id: string } | undefined;
}

/** Groups and people that hold the permission set in the account, by AWS's own word. */
export async function holdersOf(
  accountId: string,
  arn: string,
): Promise<string[]> {
  const { InstanceArn } = await instance();
  const { AccountAssignments } = await callAws(
    'sso-admin',
    'ListAccountAssignments',
    { InstanceArn, AccountId: accountId, PermissionSetArn: arn },
  );
  return AccountAssignments.map((found: any) => found.PrincipalId);
}

/** Names of who is in an Entra group. */
export async function memberNames(groupId: string): Promise<string[]> {
  const { value } = await readGraph(`/groups/${groupId}/members?$top=100`);
  return value.map((member: any) => member.displayName).sort();
}

/** Id of the group of that name in Identity Center, if it is there. */
export async function storeGroupId(name: string): Promise<string | undefined> {
  const { IdentityStoreId } = await instance();
  const { Groups } = await callAws('identitystore', 'ListGroups', {
    IdentityStoreId,
    Filters: [{ AttributePath: 'DisplayName', AttributeValue: name }],
  });
  return Groups[0]?.GroupId;
}

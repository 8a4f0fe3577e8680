/** The first that matches the operation; the permissions are those of docs/operations.md. */
const PERMISSIONS: Array<[RegExp, string]> = [
  [/\/synchronization\/jobs/, 'Synchronization.ReadWrite.All'],
  [/(POST|DELETE) .*\/appRoleAssignedTo/, 'AppRoleAssignment.ReadWrite.All'],
  [/GET \/servicePrincipals/, 'Application.Read.All'],
  [/GET \/organization$/, 'Organization.Read.All'],
  [/GET \/users/, 'User.Read.All'],
  [/GET \/groups/, 'GroupMember.Read.All'],
  [/(POST|DELETE) \/groups\/.*\/members/, 'GroupMember.ReadWrite.All'],
  // Who makes a group with it owns it, and may change and delete it.
  [/(PATCH|DELETE) \/groups/, 'Group.Create'],
];

/**
 * The application permission that an operation of Microsoft Graph needs; undefined
 * = it does not say by itself, as a batch of reads does not.
 *
 * @param operation - as CloudError names it, e.g. `graph:GET /groups/{id}`
 */
export function graphPermissionFor(operation: string): string | undefined {
  return PERMISSIONS.find(([pattern]) => pattern.test(operation))?.[1];
}

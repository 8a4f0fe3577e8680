/**
 * A link that signs in to the account's console with the permission set, in the
 * form of the AWS access portal's own shortcut links.
 *
 * @param accessPortalUrl - the portal's start page, e.g.
 *   `https://d-1234567890.awsapps.com/start`
 */
export function consoleUrl(
  accessPortalUrl: string | null,
  accountId: string,
  permissionSetName: string,
): string | null {
  if (!accessPortalUrl) return null;
  const [start] = accessPortalUrl.split('#');
  const target = new URLSearchParams({
    account_id: accountId,
    role_name: permissionSetName,
  });
  return `${start.replace(/\/+$/, '')}/#/console?${target}`;
}

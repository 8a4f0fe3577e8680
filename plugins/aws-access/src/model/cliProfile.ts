import { AccessEntry } from 'backstage-plugin-aws-access-common';

/** Newer access portals carry their region in the host name. */
const PORTAL_REGION = /\.portal\.([a-z0-9-]+)\.app\.aws$/;

/**
 * What `aws configure sso` would write to `~/.aws/config` for this access. The
 * region of IAM Identity Center is left for the reader where the address of
 * the access portal does not tell it.
 *
 * @param portalUrl - the organization's access portal, e.g.
 *   `https://d-99670e1a2b.awsapps.com/start`
 */
export function toCliProfile(
  entry: Pick<AccessEntry, 'account' | 'permissionSet' | 'organizationId'>,
  portalUrl: string,
): string {
  const session = `aws-access-${entry.organizationId}`;
  const profile = `${entry.account.name}-${entry.permissionSet.name}`;
  return [
    `[sso-session ${session}]`,
    `sso_start_url = ${portalUrl}`,
    toRegionLine(portalUrl),
    'sso_registration_scopes = sso:account:access',
    '',
    `[profile ${profile.replace(/[^\w.-]+/g, '-')}]`,
    `sso_session = ${session}`,
    `sso_account_id = ${entry.account.id}`,
    `sso_role_name = ${entry.permissionSet.name}`,
    '',
  ].join('\n');
}

function toRegionLine(portalUrl: string) {
  const region = PORTAL_REGION.exec(new URL(portalUrl).hostname)?.[1];
  return region
    ? `sso_region = ${region}`
    : '# sso_region = the region of your IAM Identity Center, e.g. eu-central-1';
}

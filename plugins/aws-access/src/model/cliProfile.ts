import { AccessEntry, Organization } from 'backstage-plugin-aws-access-common';

/** Newer access portals carry their region in the host name. */
const PORTAL_REGION = /\.portal\.([a-z0-9-]+)\.app\.aws$/;

/** Where to sign in; the address looks like `https://d-1.awsapps.com/start`. */
export interface AccessPortal {
  url: string;
  /** Region of IAM Identity Center, where the server tells it. */
  region: string | undefined;
}

/** The access portals of organizations that have one, by organization id. */
export function getAccessPortals(
  organizations: readonly Organization[],
): Map<string, AccessPortal> {
  return new Map(
    organizations.flatMap(({ id, accessPortalUrl, region }) =>
      accessPortalUrl ? [[id, { url: accessPortalUrl, region }] as const] : [],
    ),
  );
}

/**
 * What `aws configure sso` would write to `~/.aws/config` for this access. The
 * region is left for the reader where neither the server nor the address of
 * the access portal tells it.
 */
export function toCliProfile(
  entry: Pick<AccessEntry, 'account' | 'permissionSet' | 'organizationId'>,
  portal: AccessPortal,
): string {
  const session = `aws-access-${entry.organizationId}`;
  const profile = `${entry.account.name}-${entry.permissionSet.name}`;
  return [
    `[sso-session ${session}]`,
    `sso_start_url = ${portal.url}`,
    toRegionLine(portal),
    'sso_registration_scopes = sso:account:access',
    '',
    `[profile ${profile.replace(/[^\w.-]+/g, '-')}]`,
    `sso_session = ${session}`,
    `sso_account_id = ${entry.account.id}`,
    `sso_role_name = ${entry.permissionSet.name}`,
    '',
  ].join('\n');
}

function toRegionLine(portal: AccessPortal) {
  const region =
    portal.region ?? PORTAL_REGION.exec(new URL(portal.url).hostname)?.[1];
  return region
    ? `sso_region = ${region}`
    : '# sso_region = the region of your IAM Identity Center, e.g. eu-central-1';
}

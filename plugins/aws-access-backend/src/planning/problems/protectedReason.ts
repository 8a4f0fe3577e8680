import { OrganizationPins } from 'backstage-plugin-aws-access-common';
import { OrganizationConfig } from '../../config/AwsAccessConfig';
import { foldName } from '../names/foldName';

/** Why no request may touch the account; null = requests may. */
export function protectedAccountReason(
  accountId: string,
  config: Pick<OrganizationConfig, 'protected'>,
  pins: Pick<OrganizationPins, 'managementAccountId'> | null,
): string | null {
  if (accountId === pins?.managementAccountId) {
    return 'it is the management account of the organization';
  }
  return config.protected.accounts.includes(accountId)
    ? 'it is protected by the configuration'
    : null;
}

/** Whether the configuration protects the permission set, by name or ARN. */
export function isProtectedPermissionSet(
  set: { arn: string; name: string },
  config: Pick<OrganizationConfig, 'protected'>,
): boolean {
  return config.protected.permissionSets.some(
    entry => entry === set.arn || foldName(entry) === foldName(set.name),
  );
}

/** Whether the configuration protects a group of this name. */
export function isProtectedGroupName(
  displayName: string,
  config: Pick<OrganizationConfig, 'protected'>,
): boolean {
  return config.protected.groups.some(
    entry => foldName(entry) === foldName(displayName),
  );
}

/** Whether the configuration protects the group, by its name or object id. */
export function isProtectedGroup(
  group: { displayName: string; groupId?: string },
  config: Pick<OrganizationConfig, 'protected'>,
): boolean {
  return (
    isProtectedGroupName(group.displayName, config) ||
    config.protected.groups.some(
      entry => entry.toLowerCase() === group.groupId?.toLowerCase(),
    )
  );
}

/** Whether the account must be named, and is in no scope (security rule 17). */
export function isOutsideScopes(
  accountId: string,
  facts: {
    config: Pick<OrganizationConfig, 'protected'>;
    pins: Pick<OrganizationPins, 'managementAccountId'> | null;
    delegatedAdministratorIds: ReadonlySet<string> | null;
  },
): boolean {
  return (
    protectedAccountReason(accountId, facts.config, facts.pins) !== null ||
    (facts.delegatedAdministratorIds?.has(accountId) ?? false)
  );
}

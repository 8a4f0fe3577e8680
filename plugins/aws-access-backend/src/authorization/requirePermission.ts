import { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
  isResourcePermission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import { Caller } from './Viewer';

/**
 * True when the portal's permission policy does not deny it; see below. A policy
 * with conditions does not: what they are about is narrowed where it is known.
 */
export async function isPermitted(
  permissions: PermissionsService,
  permission: BasicPermission | ResourcePermission,
  caller: Caller,
): Promise<boolean> {
  const { credentials } = caller;
  if (isResourcePermission(permission)) {
    const [decision] = await permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    return decision.result !== AuthorizeResult.DENY;
  }
  const [{ result }] = await permissions.authorize([{ permission }], {
    credentials,
  });
  return result === AuthorizeResult.ALLOW;
}

/**
 * Lets the portal's permission policy narrow what the plugin's own rules allow.
 * It never widens it: ask this beside those rules, never instead of them
 * (security rule 12).
 *
 * @throws NotAllowedError when the policy denies it
 */
export async function requirePermission(
  permissions: PermissionsService,
  permission: BasicPermission | ResourcePermission,
  caller: Caller,
): Promise<void> {
  if (!(await isPermitted(permissions, permission, caller))) {
    throw new NotAllowedError(
      `The permission policy of this portal does not allow you '${permission.name}'`,
    );
  }
}

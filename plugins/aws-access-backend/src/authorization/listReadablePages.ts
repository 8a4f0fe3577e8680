import { PermissionsService } from '@backstage/backend-plugin-api';
import {
  awsAccessAuditReadPermission,
  awsAccessOperatePermission,
  awsAccessRequestReadPermission,
  RestrictedPage,
} from 'backstage-plugin-aws-access-common';
import { OPERATIONS_READERS } from './AuthorizedOperationsService';
import { isPermitted } from './requirePermission';
import { Caller, readsEverything } from './Viewer';

/**
 * Which restricted pages to offer to somebody. It only saves them a refusal:
 * the services behind the pages ask again.
 */
export async function listReadablePages(
  permissions: PermissionsService,
  caller: Caller,
): Promise<RestrictedPage[]> {
  const isOperator = OPERATIONS_READERS.some(role => caller.roles.has(role));
  const pages = [
    {
      page: 'policies',
      has: readsEverything(caller),
      permission: awsAccessRequestReadPermission,
    },
    {
      page: 'audit',
      has: readsEverything(caller),
      permission: awsAccessAuditReadPermission,
    },
    {
      page: 'operations',
      has: isOperator,
      permission: awsAccessOperatePermission,
    },
  ] as const;
  const readable: RestrictedPage[] = [];
  for (const { page, has, permission } of pages) {
    if (has && (await isPermitted(permissions, permission, caller))) {
      readable.push(page);
    }
  }
  return readable;
}

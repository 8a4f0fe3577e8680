import { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { awsAccessInventoryReadPermission } from 'backstage-plugin-aws-access-common';
import { requirePermission } from './requirePermission';
import { Caller } from './Viewer';

/**
 * Lets people read what is for everybody whom the catalog knows: what there is
 * in AWS, not who has it.
 *
 * @throws NotAllowedError for guests and others whom the catalog does not know,
 *   and when the portal's permission policy denies it
 */
export async function requireReader(
  permissions: PermissionsService,
  caller: Caller,
): Promise<void> {
  await requirePermission(
    permissions,
    awsAccessInventoryReadPermission,
    caller,
  );
  if (!(await caller.directory.findPerson(caller.userRef))) {
    throw new NotAllowedError(
      `The catalog has no User '${caller.userRef}'; AWS access is for people whom it knows`,
    );
  }
}

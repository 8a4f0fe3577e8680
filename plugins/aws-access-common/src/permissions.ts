import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Backstage permissions can only narrow what the plugin's own rules allow: with
 * the allow-all policy, or with permissions off, an outsider still gets nothing
 * (security rule 12).
 *
 * @public
 */
export const awsAccessRequestCreatePermission = createPermission({
  name: 'aws-access.request.create',
  attributes: { action: 'create' },
});

/** @public */
export const awsAccessRequestReadPermission = createPermission({
  name: 'aws-access.request.read',
  attributes: { action: 'read' },
});

/** @public */
export const awsAccessRequestDecidePermission = createPermission({
  name: 'aws-access.request.decide',
  attributes: { action: 'update' },
});

/** @public */
export const awsAccessInventoryReadPermission = createPermission({
  name: 'aws-access.inventory.read',
  attributes: { action: 'read' },
});

/** @public */
export const awsAccessInventoryRefreshPermission = createPermission({
  name: 'aws-access.inventory.refresh',
  attributes: { action: 'update' },
});

/** @public */
export const awsAccessAuditReadPermission = createPermission({
  name: 'aws-access.audit.read',
  attributes: { action: 'read' },
});

/** @public */
export const awsAccessPermissions = [
  awsAccessRequestCreatePermission,
  awsAccessRequestReadPermission,
  awsAccessRequestDecidePermission,
  awsAccessInventoryReadPermission,
  awsAccessInventoryRefreshPermission,
  awsAccessAuditReadPermission,
];

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

/**
 * Resource type of requests. Rules for conditional decisions are exported by
 * `backstage-plugin-aws-access-node`.
 *
 * @public
 */
export const RESOURCE_TYPE_AWS_ACCESS_REQUEST = 'aws-access-request';

/** @public */
export const awsAccessRequestReadPermission = createPermission({
  name: 'aws-access.request.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_AWS_ACCESS_REQUEST,
});

/** @public */
export const awsAccessRequestDecidePermission = createPermission({
  name: 'aws-access.request.decide',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_AWS_ACCESS_REQUEST,
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

/**
 * Seeing the queue and stuck work, and stopping writes.
 *
 * @public
 */
export const awsAccessOperatePermission = createPermission({
  name: 'aws-access.operate',
  attributes: { action: 'update' },
});

/**
 * About requests: a policy may answer with conditions.
 *
 * @public
 */
export const awsAccessRequestPermissions = [
  awsAccessRequestReadPermission,
  awsAccessRequestDecidePermission,
];

/** @public */
export const awsAccessPermissions = [
  awsAccessRequestCreatePermission,
  awsAccessRequestReadPermission,
  awsAccessRequestDecidePermission,
  awsAccessInventoryReadPermission,
  awsAccessInventoryRefreshPermission,
  awsAccessAuditReadPermission,
  awsAccessOperatePermission,
];

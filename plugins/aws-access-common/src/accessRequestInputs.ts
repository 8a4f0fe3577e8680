import type { z } from 'zod/v3';
import { ACCESS_REQUEST_FIELDS as FIELDS } from './readAccessRequest';

/** The zod that actions are handed in: the scaffolder's and the registry's. */
type Zod = typeof z;

/**
 * The fields of the form as actions take them: the template action
 * `aws-access:request:create` and those for assistants. `readAccessRequest` reads
 * what comes of them.
 *
 * @public
 */
export const accessRequestInputs = {
  team: (zod: Zod) => zod.string().describe(FIELDS.team),
  justification: (zod: Zod) => zod.string().describe(FIELDS.justification),
  ticket: (zod: Zod) => zod.string().optional().describe(FIELDS.ticket),
  onBehalfOf: (zod: Zod) => zod.string().optional().describe(FIELDS.onBehalfOf),
  duration: (zod: Zod) => zod.string().describe(FIELDS.duration),
  accounts: (zod: Zod) =>
    zod.array(zod.string()).optional().describe(FIELDS.accounts),
  permissionSet: (zod: Zod) =>
    zod.string().optional().describe(FIELDS.permissionSet),
  for: (zod: Zod) =>
    zod
      .union([zod.string(), zod.array(zod.string())])
      .optional()
      .describe(FIELDS.for),
  elevate: (zod: Zod) => zod.boolean().optional().describe(FIELDS.elevate),
  changes: (zod: Zod) =>
    zod.array(zod.record(zod.unknown())).optional().describe(FIELDS.changes),
  organizationId: (zod: Zod) =>
    zod.string().optional().describe(FIELDS.organizationId),
  followUp: (zod: Zod) =>
    zod
      .object({
        template: zod.string(),
        values: zod.record(zod.unknown()).optional(),
      })
      .optional()
      .describe(FIELDS.followUp),
};

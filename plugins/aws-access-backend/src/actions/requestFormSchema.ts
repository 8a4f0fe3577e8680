import { ACCESS_REQUEST_FIELDS as FIELDS } from 'backstage-plugin-aws-access-common';
import type { z } from 'zod/v3';

/**
 * The form of a request, as the template action `aws-access:request:create`
 * takes it too.
 *
 * @param zod - as the actions registry hands it in
 */
export function requestFormSchema(zod: typeof z) {
  return zod.object({
    team: zod.string().describe(FIELDS.team),
    justification: zod.string().describe(FIELDS.justification),
    ticket: zod.string().optional().describe(FIELDS.ticket),
    onBehalfOf: zod.string().optional().describe(FIELDS.onBehalfOf),
    duration: zod.string().describe(FIELDS.duration),
    accounts: zod.array(zod.string()).optional().describe(FIELDS.accounts),
    permissionSet: zod.string().optional().describe(FIELDS.permissionSet),
    for: zod
      .union([zod.string(), zod.array(zod.string())])
      .optional()
      .describe(FIELDS.for),
    elevate: zod.boolean().optional().describe(FIELDS.elevate),
    changes: zod
      .array(zod.record(zod.unknown()))
      .optional()
      .describe(FIELDS.changes),
    organizationId: zod.string().optional().describe(FIELDS.organizationId),
    followUp: zod
      .object({
        template: zod.string(),
        values: zod.record(zod.unknown()).optional(),
      })
      .optional()
      .describe(FIELDS.followUp),
  });
}

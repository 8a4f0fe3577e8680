import { accessRequestInputs as inputs } from 'backstage-plugin-aws-access-common';
import type { z } from 'zod/v3';

/**
 * The form of a request, which the template action `aws-access:request:create`
 * takes, too.
 *
 * @param zod - as the actions registry hands it in
 */
export function requestFormSchema(zod: typeof z) {
  return zod.object({
    team: inputs.team(zod),
    justification: inputs.justification(zod),
    ticket: inputs.ticket(zod),
    onBehalfOf: inputs.onBehalfOf(zod),
    duration: inputs.duration(zod),
    accounts: inputs.accounts(zod),
    permissionSet: inputs.permissionSet(zod),
    for: inputs.for(zod),
    elevate: inputs.elevate(zod),
    changes: inputs.changes(zod),
    organizationId: inputs.organizationId(zod),
    followUp: inputs.followUp(zod),
  });
}

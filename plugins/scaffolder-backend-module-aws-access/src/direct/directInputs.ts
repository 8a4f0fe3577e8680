import { ACCESS_REQUEST_FIELDS as FIELDS } from 'backstage-plugin-aws-access-common';
import type { Zod } from '../shared/Zod';

const WITHOUT = 'Needed without requestId.';

/** Inputs that every direct action has; template authors rely on the names. */
export const directInputs = {
  requestId: (z: Zod) =>
    z
      .string()
      .optional()
      .describe(
        'Id of a request of the person who runs the template: the step waits for what that approved request makes, and files nothing',
      ),
  team: (z: Zod) =>
    z.string().optional().describe(`${FIELDS.team}. ${WITHOUT}`),
  justification: (z: Zod) =>
    z.string().optional().describe(`${FIELDS.justification}. ${WITHOUT}`),
  duration: (z: Zod) =>
    z.string().optional().describe(`${FIELDS.duration}. ${WITHOUT}`),
  ticket: (z: Zod) => z.string().optional().describe(FIELDS.ticket),
  organizationId: (z: Zod) =>
    z.string().optional().describe(FIELDS.organizationId),
};

/** The group of the actions that need one that exists. */
export const accessGroupInput = (z: Zod) =>
  z.string().describe(`Entra object id of the group. ${WITHOUT}`);

/** How the direct actions end, said in each one's description. */
export const HOW_IT_ENDS =
  'It never writes by itself: with requestId it waits, for seconds, for what that approved request makes; without it files a request, succeeds where policy approves at once, and otherwise fails with a link to the request that now waits for approval.';

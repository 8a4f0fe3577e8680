import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { membershipChangeSchema } from 'backstage-plugin-aws-access-common';
import type { ActionOptions } from '../shared/ActionOptions';
import { requestOutputs, writeRequestOutputs } from '../shared/requestOutputs';
import { RequestRun } from '../shared/RequestRun';
import { addMembersExamples as examples } from './directActions.examples';
import { directInputs, HOW_IT_ENDS } from './directInputs';
import { runDirectAction } from './runDirectAction';
import { getDirectField } from './toDirectFields';

/** The action `entra:group:add-members`. */
export function createAddMembersAction(options: ActionOptions) {
  return createTemplateAction({
    id: 'entra:group:add-members',
    description: `Makes sure that people are in an access group that exists; they get everything it carries. ${HOW_IT_ENDS}`,
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        ...directInputs,
        accessGroup: z =>
          z
            .string()
            .optional()
            .describe(
              `Entra object id of the group. Needed without requestId.`,
            ),
        people: z =>
          z
            .union([z.string(), z.array(z.string())])
            .optional()
            .describe('Catalog users. Needed without requestId.'),
      },
      output: requestOutputs,
    },
    async handler(ctx) {
      const { input } = ctx;
      const run = await RequestRun.begin(options, ctx, getDirectField);
      const { report } = await runDirectAction(
        run,
        input,
        {
          kind: 'membership',
          change: {
            accessGroup: input.accessGroup
              ? { entraGroupId: input.accessGroup }
              : undefined,
            people: input.people && [input.people].flat(),
          },
          schema: membershipChangeSchema.partial(),
          steps: ['ensureMembers'],
        },
        ctx.isDryRun,
      );
      writeRequestOutputs(ctx, report);
    },
  });
}

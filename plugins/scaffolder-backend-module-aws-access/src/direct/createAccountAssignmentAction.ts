import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { assignmentChangeSchema } from 'backstage-plugin-aws-access-common';
import type { ActionOptions } from '../shared/ActionOptions';
import { requestOutputs, writeRequestOutputs } from '../shared/requestOutputs';
import { RequestRun } from '../shared/RequestRun';
import { createAccountAssignmentExamples as examples } from './directActions.examples';
import { directInputs, HOW_IT_ENDS } from './directInputs';
import { runDirectAction } from './runDirectAction';
import { getDirectField } from './toDirectFields';

/** The action `aws:account-assignment:create`. */
export function createAccountAssignmentAction(options: ActionOptions) {
  return createTemplateAction({
    id: 'aws:account-assignment:create',
    description: `Makes sure that an access group that exists has a permission set in accounts. ${HOW_IT_ENDS}`,
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
              'Entra object id of the group. Needed without requestId.',
            ),
        permissionSet: z =>
          z
            .string()
            .optional()
            .describe('ARN of the permission set. Needed without requestId.'),
        accounts: z =>
          z
            .array(z.string())
            .optional()
            .describe('Ids of AWS accounts, in quotes, instead of scope'),
        scope: z =>
          z
            .record(z.unknown())
            .optional()
            .describe(
              'Accounts that are kept true as they come and go, instead of accounts: an organizational unit, a tag, or all, with maxAccounts',
            ),
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
          kind: 'assignment',
          change: {
            accessGroup: input.accessGroup
              ? { entraGroupId: input.accessGroup }
              : undefined,
            permissionSet: input.permissionSet
              ? { arn: input.permissionSet }
              : undefined,
            accounts:
              input.scope ??
              (input.accounts && {
                kind: 'named',
                accountIds: input.accounts,
              }),
          },
          schema: assignmentChangeSchema.partial(),
          steps: ['ensureAssignment'],
        },
        ctx.isDryRun,
      );
      writeRequestOutputs(ctx, report);
    },
  });
}

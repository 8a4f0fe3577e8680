import { assignmentChangeSchema } from 'backstage-plugin-aws-access-common';
import type { ActionOptions } from '../shared/ActionOptions';
import { createDirectAction } from './createDirectAction';
import { createAccountAssignmentExamples as examples } from './directActions.examples';
import { accessGroupInput } from './directInputs';

/** The action `aws:account-assignment:create`. */
export function createAccountAssignmentAction(options: ActionOptions) {
  return createDirectAction(options, {
    id: 'aws:account-assignment:create',
    ensures:
      'Makes sure that an access group that exists has a permission set in accounts.',
    examples,
    inputs: {
      accessGroup: accessGroupInput,
      permissionSet: z =>
        z
          .string()
          .describe('ARN of the permission set. Needed without requestId.'),
      accounts: z =>
        z
          .array(z.string())
          .describe('Ids of AWS accounts, in quotes, instead of scope'),
      scope: z =>
        z
          .record(z.unknown())
          .describe(
            'Accounts that are kept true as they come and go, instead of accounts: an organizational unit, a tag, or all, with maxAccounts',
          ),
    },
    toWish: ({ accessGroup, permissionSet, accounts, scope }) => ({
      kind: 'assignment',
      change: {
        accessGroup: accessGroup ? { entraGroupId: accessGroup } : undefined,
        permissionSet: permissionSet ? { arn: permissionSet } : undefined,
        accounts:
          scope ?? (accounts && { kind: 'named', accountIds: accounts }),
      },
      schema: assignmentChangeSchema.partial(),
      steps: ['ensureAssignment'],
    }),
  });
}

import {
  getAccessRequestField,
  readAccessRequest,
} from 'backstage-plugin-aws-access-common';
import { ActionOptions } from './ActionOptions';
import { actionCaller } from './actionCaller';
import { requestFormSchema } from './requestFormSchema';

/** `preview-access-request`: what would come of a request; stores nothing. */
export function registerPreviewRequest(options: ActionOptions): void {
  options.actionsRegistry.register({
    name: 'preview-access-request',
    title: 'Preview an AWS access request',
    description:
      'Works out what would come of an AWS access request of the caller: what would change, what is risky, who would have to approve, and what is wrong with it. Files nothing.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: requestFormSchema,
      output: zod =>
        zod.object({
          outcome: zod.enum([
            'needsApproval',
            'autoApproved',
            'denied',
            'cannotFile',
          ]),
          sentences: zod.array(zod.string()).describe('What will happen'),
          findings: zod.array(
            zod.object({
              severity: zod.string(),
              title: zod.string(),
              reason: zod.string(),
            }),
          ),
          stages: zod.array(
            zod.object({
              name: zod.string(),
              need: zod.number().describe('How many must approve'),
              approvers: zod.array(zod.string()),
            }),
          ),
          problems: zod.array(
            zod.object({
              field: zod.string(),
              message: zod.string(),
              fix: zod.string(),
            }),
          ),
          denials: zod.array(zod.string()),
          asOf: zod.string().nullable().describe('Age of the facts, ISO-8601'),
        }),
    },
    examples: [
      {
        title: 'Who would approve eight hours on payments-prod?',
        input: {
          team: 'group:default/payments',
          justification: 'Rotate the leaked key',
          duration: 'PT8H',
          accounts: ['111122223333'],
          permissionSet:
            'arn:aws:sso:::permissionSet/ssoins-7223aa11bb22cc33/ps-0123456789abcdef',
        },
      },
    ],
    action: async ({ input, credentials }) => {
      const caller = await actionCaller(options, credentials);
      const preview = await options.requests.preview(
        readAccessRequest(input, caller.userRef),
        caller,
      );
      return {
        output: {
          outcome: preview.outcome,
          sentences: preview.plan?.sentences ?? [],
          findings: (preview.plan?.findings ?? []).map(
            ({ severity, title, reason }) => ({ severity, title, reason }),
          ),
          stages: preview.stages.map(({ name, need, approvers }) => ({
            name,
            need,
            approvers: approvers.map(({ displayName }) => displayName),
          })),
          problems: preview.problems.map(({ path, message, fix }) => ({
            field: getAccessRequestField(path, input),
            message,
            fix,
          })),
          denials: preview.denials,
          asOf: preview.asOf,
        },
      };
    },
  });
}

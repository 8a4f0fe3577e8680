import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  permissionSetChangeSchema,
  permissionSetDocumentSchema,
} from 'backstage-plugin-aws-access-common';
import type { ActionOptions } from '../shared/ActionOptions';
import { requestOutputs, writeRequestOutputs } from '../shared/requestOutputs';
import { RequestRun } from '../shared/RequestRun';
import { createPermissionSetExamples as examples } from './directActions.examples';
import { directInputs, HOW_IT_ENDS } from './directInputs';
import { findCloudObject } from './findCloudObject';
import { runDirectAction } from './runDirectAction';
import { getDirectField } from './toDirectFields';

/** The action `aws:permission-set:create`. */
export function createPermissionSetAction(options: ActionOptions) {
  return createTemplateAction({
    id: 'aws:permission-set:create',
    description: `Makes sure that there is a permission set. ${HOW_IT_ENDS}`,
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        ...directInputs,
        name: z =>
          z
            .string()
            .optional()
            .describe('1 to 32 characters. Needed without requestId.'),
        description: z => z.string().optional().describe('What it is for'),
        sessionDuration: z =>
          z
            .string()
            .optional()
            .describe('ISO-8601 from PT1H (the default) to PT12H'),
        relayState: z =>
          z
            .string()
            .optional()
            .describe('Address of an AWS console to begin at'),
        managedPolicies: z =>
          z
            .array(z.string())
            .optional()
            .describe('ARNs of policies that AWS manages, at most 10'),
        customerManagedPolicies: z =>
          z
            .array(z.object({ name: z.string(), path: z.string().optional() }))
            .optional()
            .describe(
              'Policies that exist under this path and name in every account',
            ),
        inlinePolicy: z =>
          z
            .union([z.string(), z.record(z.unknown())])
            .optional()
            .describe(
              'A policy as JSON text or as an object; AWS allows 10,240 characters without white space',
            ),
        permissionsBoundary: z =>
          z
            .union([
              z.object({ managedPolicyArn: z.string() }),
              z.object({
                customerManagedPolicy: z.object({
                  name: z.string(),
                  path: z.string().optional(),
                }),
              }),
            ])
            .optional()
            .describe('The most that it can ever allow'),
        tags: z => z.record(z.string()).optional().describe('Tags in AWS'),
      },
      output: {
        ...requestOutputs,
        permissionSetArn: z => z.string().describe('ARN of the permission set'),
        permissionSetName: z => z.string().describe('Its name'),
      },
    },
    async handler(ctx) {
      const { input } = ctx;
      const run = await RequestRun.begin(options, ctx, getDirectField);
      const { report, request } = await runDirectAction(
        run,
        input,
        {
          kind: 'permissionSet',
          change: {
            document: {
              // What a form left empty arrives as an empty string.
              name: input.name || undefined,
              description: input.description || undefined,
              sessionDuration: input.sessionDuration || undefined,
              relayState: input.relayState || undefined,
              managedPolicies: input.managedPolicies,
              customerManagedPolicies: input.customerManagedPolicies,
              inlinePolicy: toText(input.inlinePolicy),
              permissionsBoundary: input.permissionsBoundary,
              tags: input.tags,
            },
          },
          whenFiled: { key: 'permissions' },
          schema: permissionSetChangeSchema
            .extend({ document: permissionSetDocumentSchema.partial() })
            .partial(),
          steps: ['ensurePermissionSet', 'provisionPermissionSet'],
        },
        ctx.isDryRun,
      );
      const set = findCloudObject(request, 'permissionSet', input.name);
      writeRequestOutputs(ctx, report);
      ctx.output('permissionSetArn', set?.id ?? 'dry-run');
      ctx.output('permissionSetName', set?.name ?? input.name ?? 'dry-run');
    },
  });
}

/** An expression that is a whole input arrives parsed, where it is JSON. */
function toText(policy: string | object | undefined): string | undefined {
  if (typeof policy === 'object') return JSON.stringify(policy, null, 2);
  return policy || undefined;
}

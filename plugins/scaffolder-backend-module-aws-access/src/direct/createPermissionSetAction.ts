import {
  permissionSetChangeSchema,
  permissionSetDocumentSchema,
} from 'backstage-plugin-aws-access-common';
import type { ActionOptions } from '../shared/ActionOptions';
import type { Zod } from '../shared/Zod';
import { createDirectAction } from './createDirectAction';
import { createPermissionSetExamples as examples } from './directActions.examples';

const policyName = (z: Zod) =>
  z.object({ name: z.string(), path: z.string().optional() });

const inputs = {
  name: (z: Zod) =>
    z.string().describe('1 to 32 characters. Needed without requestId.'),
  description: (z: Zod) => z.string().describe('What it is for'),
  sessionDuration: (z: Zod) =>
    z.string().describe('ISO-8601 from PT1H (the default) to PT12H'),
  relayState: (z: Zod) =>
    z.string().describe('Address of an AWS console to begin at'),
  managedPolicies: (z: Zod) =>
    z
      .array(z.string())
      .describe('ARNs of policies that AWS manages, at most 10'),
  customerManagedPolicies: (z: Zod) =>
    z
      .array(policyName(z))
      .describe(
        'Policies that exist under this path and name in every account',
      ),
  inlinePolicy: (z: Zod) =>
    z
      .union([z.string(), z.record(z.unknown())])
      .describe(
        'A policy as JSON text or as an object; AWS allows 10,240 characters without white space',
      ),
  permissionsBoundary: (z: Zod) =>
    z
      .union([
        z.object({ managedPolicyArn: z.string() }),
        z.object({ customerManagedPolicy: policyName(z) }),
      ])
      .describe('The most that it can ever allow'),
  tags: (z: Zod) => z.record(z.string()).describe('Tags in AWS'),
};

/** The action `aws:permission-set:create`. */
export function createPermissionSetAction(options: ActionOptions) {
  return createDirectAction(options, {
    id: 'aws:permission-set:create',
    ensures: 'Makes sure that there is a permission set.',
    examples,
    inputs,
    makes: {
      kind: 'permissionSet',
      id: {
        output: 'permissionSetArn',
        description: 'ARN of the permission set',
      },
      name: { output: 'permissionSetName', description: 'Its name' },
    },
    toWish: input => ({
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
    }),
  });
}

/** An expression that is a whole input arrives parsed, where it is JSON. */
function toText(policy: string | object | undefined): string | undefined {
  if (typeof policy === 'object') return JSON.stringify(policy, null, 2);
  return policy || undefined;
}

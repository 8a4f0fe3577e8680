import { z } from 'zod';

/**
 * Everything that a permission set carries, as AWS holds it: what an approver
 * reads, and what the permission set's digest is over.
 *
 * @public
 */
export const permissionSetContentSchema = z.object({
  name: z.string(),
  description: z.string().nullable(),
  /** ISO-8601. */
  sessionDuration: z.string(),
  relayState: z.string().nullable(),
  managedPolicies: z.array(z.object({ arn: z.string(), name: z.string() })),
  customerManagedPolicies: z.array(
    z.object({ name: z.string(), path: z.string() }),
  ),
  /** JSON text of the inline policy, as stored in AWS. */
  inlinePolicy: z.string().nullable(),
  permissionsBoundary: z
    .union([
      z.object({ managedPolicyArn: z.string() }),
      z.object({
        customerManagedPolicy: z.object({ name: z.string(), path: z.string() }),
      }),
    ])
    .nullable(),
  /** Without this product's own marks. */
  tags: z.record(z.string(), z.string()),
});

/** @public */
export type PermissionSetContent = z.infer<typeof permissionSetContentSchema>;

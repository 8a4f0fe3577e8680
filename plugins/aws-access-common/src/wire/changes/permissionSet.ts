import { Duration } from 'luxon';
import { z } from 'zod';
import { permissionSetArnSchema, plainText } from '../primitives';
import { changeKeySchema, existingPermissionSetSchema } from './references';

/**
 * AWS's limit on an inline policy: 10,240 characters without white space.
 *
 * @public
 */
export const MOST_INLINE_POLICY_CHARACTERS = 10_240;

/**
 * What AWS counts of an inline policy: all but the white space.
 *
 * @public
 */
export function countPolicyCharacters(inlinePolicy: string): number {
  return inlinePolicy.replace(/\s/g, '').length;
}

/**
 * AWS's limit on a role: ten policies of either kind, before a quota increase.
 *
 * @public
 */
export const MOST_POLICIES = 10;

/** A policy in the target accounts: path and name, as IAM has them. */
const customerManagedPolicySchema = z.object({
  name: z.string().regex(/^[\w+=,.@-]{1,128}$/, 'must be the name of a policy'),
  path: z
    .string()
    .regex(/^((\/[A-Za-z0-9.,+@=_-]+)*)\/$/, 'must begin and end with /')
    .max(512)
    .default('/'),
});

const managedPolicyArnSchema = z
  .string()
  .regex(
    /^arn:aws(-[a-z]+)*:iam::aws:policy\/[\w+=,.@/-]{1,512}$/,
    'must be the ARN of a policy that AWS manages',
  );

const sessionDurationSchema = z.string().transform((value, context) => {
  const duration = Duration.fromISO(value);
  const minutes = duration.isValid ? duration.as('minutes') : Number.NaN;
  if (minutes >= 60 && minutes <= 720) {
    return Duration.fromObject({ minutes })
      .shiftTo('hours', 'minutes')
      .toISO()!
      .replace(/(?<=\D)0[HM]/g, '');
  }
  context.addIssue({
    code: 'custom',
    message: 'must be an ISO-8601 duration between PT1H and PT12H',
  });
  return z.NEVER;
});

/** Only AWS's own consoles (security rule 32). */
const relayStateSchema = plainText(240).refine(isConsoleUrl, {
  message: 'must be a https address of an AWS console',
});

function isConsoleUrl(text: string): boolean {
  try {
    const { protocol, hostname, username, password } = new URL(text);
    return (
      protocol === 'https:' &&
      !username &&
      !password &&
      /^([a-z0-9-]+\.)?console\.(aws\.amazon\.com|amazonaws-us-gov\.com|amazonaws\.cn)$/.test(
        hostname,
      )
    );
  } catch {
    return false;
  }
}

const tagKeySchema = plainText(128).refine(
  key => !/^(aws:|awsaccess:)/i.test(key),
  { message: 'must not begin with aws: or awsaccess:' },
);

/** It may be empty, and stays as it is: an approver reads what AWS gets. */
const tagValueSchema = z
  .string()
  .max(256)
  .refine(value => !value.trim() || plainText(256).safeParse(value).success, {
    message: 'must not contain control, invisible or text-direction characters',
  });

/** AWS's limits on tags: 50, keys of 128 and values of 256 characters. */
const tagsSchema = z
  .record(z.string(), tagValueSchema)
  .superRefine((tags, context) => {
    if (Object.keys(tags).length > 48) {
      context.addIssue({
        code: 'custom',
        message: 'must have at most 48 tags: AWS allows 50, and two are ours',
      });
    }
    for (const key of Object.keys(tags)) {
      for (const { message } of tagKeySchema.safeParse(key).error?.issues ??
        []) {
        context.addIssue({ code: 'custom', path: [key], message });
      }
    }
  });

/**
 * Everything that a permission set carries, as it shall be.
 *
 * @public
 */
export const permissionSetDocumentSchema = z.object({
  name: z
    .string()
    .regex(
      /^[\w+=,.@-]{1,32}$/,
      'must have 1 to 32 letters, digits or + = , . @ - _',
    ),
  description: plainText(700).nullable().default(null),
  sessionDuration: sessionDurationSchema.default('PT1H'),
  relayState: relayStateSchema.nullable().default(null),
  /** ARNs of policies that AWS manages. */
  managedPolicies: z
    .array(managedPolicyArnSchema)
    .max(MOST_POLICIES)
    .default([]),
  /** Policies that must exist, under this path and name, in every account. */
  customerManagedPolicies: z
    .array(customerManagedPolicySchema)
    .max(MOST_POLICIES)
    .default([]),
  /** JSON text; it is sent as it is written here. */
  inlinePolicy: z.string().min(1).max(32_768).nullable().default(null),
  permissionsBoundary: z
    .union([
      z.object({ managedPolicyArn: managedPolicyArnSchema }),
      z.object({ customerManagedPolicy: customerManagedPolicySchema }),
    ])
    .nullable()
    .default(null),
  tags: tagsSchema.default({}),
});

/**
 * "There is a permission set that carries this": a new one, or with `arn` an
 * existing one, which then changes for everybody who has it, in every account
 * (security rule 4). Other changes of the same request refer to it by `key`.
 *
 * @public
 */
export const permissionSetChangeSchema = z.object({
  kind: z.literal('permissionSet'),
  key: changeKeySchema,
  /** Left out: a new one. */
  arn: permissionSetArnSchema.optional(),
  document: permissionSetDocumentSchema,
});

/**
 * "There is no such permission set any more." It must not be assigned anywhere
 * but by what the same request removes.
 *
 * @public
 */
export const removePermissionSetChangeSchema = z.object({
  kind: z.literal('removePermissionSet'),
  permissionSet: existingPermissionSetSchema,
});

/** @public */
export type PermissionSetWish = z.infer<typeof permissionSetDocumentSchema>;
/** @public */
export type PermissionSetChange = z.infer<typeof permissionSetChangeSchema>;
/** @public */
export type RemovePermissionSetChange = z.infer<
  typeof removePermissionSetChangeSchema
>;

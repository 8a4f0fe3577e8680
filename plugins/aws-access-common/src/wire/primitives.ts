import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { Duration } from 'luxon';
import { z } from 'zod';

/**
 * Characters that can make text lie about itself: controls (but not tab and
 * newline), and the invisible ones that reorder or hide what a reader sees.
 */
const DECEPTIVE = /(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/**
 * Text a person typed: trimmed, bounded, and free of control and bidi
 * characters (security rule 32).
 *
 * @param max - the largest number of characters
 * @public
 */
export function plainText(max: number) {
  return z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(max, `must have at most ${max} characters`)
    .refine(text => !DECEPTIVE.test(text), {
      message:
        'must not contain control, invisible or text-direction characters',
    });
}

/**
 * An AWS account id: twelve digits.
 *
 * @public
 */
export const accountIdSchema = z
  .string()
  .regex(/^\d{12}$/, 'must be an AWS account id: twelve digits');

/**
 * The key of a configured organization under `awsAccess.organizations`.
 *
 * @public
 */
export const organizationIdSchema = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,38}$/,
    'must be an organization id: lower-case letters, digits and dashes',
  );

/**
 * A permission set's ARN. Identity is the ARN, never the name (security rule 4).
 * The pattern is the one of the service's model.
 *
 * @public
 */
export const permissionSetArnSchema = z
  .string()
  .regex(
    /^arn:aws(-[a-z]{1,5}){0,3}:sso:::permissionSet\/(sso)?ins-[a-zA-Z0-9-.]{16}\/ps-[a-zA-Z0-9-./]{16}$/,
    'must be the ARN of a permission set',
  );

/**
 * The object id of something in Microsoft Entra ID.
 *
 * @public
 */
export const entraIdSchema = z
  .string()
  .toLowerCase()
  .regex(
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    'must be an Entra object id (a GUID)',
  );

/** Kind, namespace and name have at most 63 characters each. */
const LONGEST_ENTITY_REF = 3 * 63 + 2;

/**
 * A full catalog entity reference of one kind, normalised to lower case.
 *
 * @param kind - the kind the entity must have, in lower case
 * @public
 */
export function entityRefSchema(kind: 'user' | 'group' | 'template') {
  return z.string().transform((value, context) => {
    try {
      if (value.length > LONGEST_ENTITY_REF) throw new Error('too long');
      const parsed = parseEntityRef(value, {
        defaultKind: kind,
        defaultNamespace: 'default',
      });
      if (parsed.kind.toLocaleLowerCase('en-US') === kind) {
        return stringifyEntityRef(parsed);
      }
    } catch {
      // reported below: the parser's own message does not name the fix
    }
    context.addIssue({
      code: 'custom',
      message: `must be a reference to a catalog ${kind}, for example ${kind}:default/name`,
    });
    return z.NEVER;
  });
}

/**
 * How long access lasts at least and at most, in minutes. Fifteen are what
 * provisioning and a look at the result need at least.
 *
 * @public
 */
export const ACCESS_MINUTES = { least: 15, most: 366 * 24 * 60 } as const;

/**
 * How long access lasts: an ISO-8601 duration between 15 minutes and 366 days,
 * normalised (`PT480M` becomes `PT8H`); standing access has no duration.
 *
 * @public
 */
export const durationSchema = z.string().transform((value, context) => {
  const duration = Duration.fromISO(value);
  const minutes = duration.isValid ? duration.as('minutes') : Number.NaN;
  if (minutes >= ACCESS_MINUTES.least && minutes <= ACCESS_MINUTES.most) {
    return Duration.fromObject({ minutes })
      .shiftTo('days', 'hours', 'minutes')
      .normalize()
      .toISO()!
      .replace(/(?<=\D)0[DHM]/g, '')
      .replace(/T$/, '');
  }
  context.addIssue({
    code: 'custom',
    message:
      'must be an ISO-8601 duration between PT15M and P366D, for example PT8H',
  });
  return z.NEVER;
});

/**
 * What makes a repeated call harmless: the same key files once.
 *
 * @public
 */
export const idempotencyKeySchema = z
  .string()
  .regex(/^[\w.:-]{8,200}$/, 'must have 8 to 200 letters, digits or . : _ -');

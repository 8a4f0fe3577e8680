import { z } from 'zod';
import {
  accountIdSchema,
  durationSchema,
  entityRefSchema,
  idempotencyKeySchema,
  plainText,
} from './primitives';

/**
 * What an approver leaves of a request: what is left out of a field stays as it
 * was asked for.
 *
 * @public
 */
export const narrowingSchema = z.object({
  /** The accounts that stay. */
  accountIds: z
    .array(accountIdSchema)
    .min(1, 'must leave at least one account')
    .max(200, 'must name at most 200 accounts')
    .optional(),
  /** The people who stay. */
  people: z
    .array(entityRefSchema('user'))
    .min(1, 'must leave at least one person')
    .max(100, 'must name at most 100 people')
    .optional(),
  /** A shorter time. */
  duration: durationSchema.optional(),
});

/**
 * A decision names the plan that was seen (security rules 8 and 31). `narrow`
 * approves less than was asked for, and says what stays.
 *
 * @public
 */
export const decisionInputSchema = narrowingSchema
  .extend({
    verdict: z.enum(['approve', 'narrow', 'reject']),
    planVersion: z.number().int().positive(),
    planDigest: z.string().regex(/^[0-9a-f]{64}$/),
    reason: plainText(2000).optional(),
  })
  .refine(input => input.verdict !== 'reject' || input.reason, {
    path: ['reason'],
    message: 'must say why the request is rejected',
  })
  .refine(input => (input.verdict === 'narrow') === narrows(input), {
    path: ['verdict'],
    message:
      'must be narrow exactly where accountIds, people or duration say what stays',
  });

function narrows(input: Narrowing): boolean {
  return Boolean(input.accountIds || input.people || input.duration);
}

/**
 * Filing the wishes of a request once more.
 *
 * @public
 */
export const resubmitInputSchema = z.object({
  idempotencyKey: idempotencyKeySchema,
});

/**
 * Asking for more time: a new request for the same access, which starts when it
 * is approved and lasts for `duration` from then.
 *
 * @public
 */
export const extendInputSchema = z.object({
  idempotencyKey: idempotencyKeySchema,
  duration: durationSchema,
  /** Why it takes longer. */
  justification: plainText(2000),
});

/** @public */
export const commentInputSchema = z.object({ text: plainText(4000) });

/** @public */
export const reasonInputSchema = z.object({
  reason: plainText(2000).optional(),
});

/** @public */
export const returnInputSchema = reasonInputSchema.extend({
  /**
   * Ids of the accounts that `flags.endsOnly` named to who ends the access in
   * them: no more ends. Null and left out = they were told that all of it ends.
   */
  endsOnly: z.array(accountIdSchema).max(1000).nullable().optional(),
});

/** @public */
export type ExtendInput = z.infer<typeof extendInputSchema>;

/** @public */
export type ReturnInput = z.infer<typeof returnInputSchema>;

/** @public */
export type Narrowing = z.infer<typeof narrowingSchema>;

/** @public */
export type DecisionInput = z.input<typeof decisionInputSchema>;

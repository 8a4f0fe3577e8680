import { z } from 'zod';

/**
 * Why the policy says what it says: effects about which the rules say the same,
 * together.
 *
 * @public
 */
export const policyExplanationSchema = z.array(
  z.object({
    accountIds: z.array(z.string()),
    permissionSet: z.string(),
    /** The rules that are, or may be, about it. */
    rules: z.array(
      z.object({
        name: z.string(),
        /** Facts that are not known, so that the rule only may be about it. */
        unknown: z.array(z.string()),
        /** What the rule does, in plain words. */
        does: z.array(z.string()),
      }),
    ),
    /** The default stage is asked, because no rule approves it by itself. */
    asksDefaultStage: z.boolean(),
  }),
);

/**
 * A rule in plain words.
 *
 * @public
 */
export const policyRuleSchema = z.object({
  name: z.string(),
  /** What must hold; empty = it is about everything. */
  when: z.array(z.string()),
  does: z.array(z.string()),
});

/** @public */
export const policyResponseSchema = z.object({
  /** Null = what no rule asks anybody about is denied. */
  defaultStage: z.string().nullable(),
  /** Asked instead where no account is touched; left out = the default stage. */
  defaultStageWithoutAccounts: z.string().optional(),
  rules: z.array(policyRuleSchema),
  /** Names of policies that modules have added. */
  ownPolicies: z.array(z.string()),
});

/** @public */
export type PolicyExplanation = z.infer<typeof policyExplanationSchema>;
/** @public */
export type PolicyRuleInWords = z.infer<typeof policyRuleSchema>;
/** @public */
export type PolicyResponse = z.infer<typeof policyResponseSchema>;

import {
  accessLevelSchema,
  accountIdSchema,
  changeSchema,
  durationSchema,
  entityRefSchema,
  environmentSchema,
  severitySchema,
} from 'backstage-plugin-aws-access-common';
import { z } from 'zod';
import { namePatternSchema } from './namePatternSchema';
import { stageSchema } from './stageSchema';

/** The kinds of change that a request may carry. */
const changeKindSchema = z.enum(
  changeSchema.options.map(option => option.shape.kind.value),
);

/** The id of a unit or the root, or names from below the root: `Workloads/Production`. */
const unitSchema = z
  .string()
  .min(1)
  .max(640)
  .refine(unit => !unit.startsWith('/') && !unit.endsWith('/'), {
    message:
      'must be the id of an organizational unit (ou-...), or the names from below the root with / between them',
  });

/** What a rule is about: all that is given must match. */
export const matchSchema = z.strictObject({
  environments: z.array(environmentSchema).min(1).optional(),
  accessLevels: z.array(accessLevelSchema).min(1).optional(),
  accounts: z.array(accountIdSchema).min(1).optional(),
  /** Accounts anywhere below count. */
  organizationalUnits: z.array(unitSchema).min(1).optional(),
  /** By key: RE2 patterns of which one must match the whole value. */
  tags: z
    .record(z.string().min(1).max(128), z.array(namePatternSchema).min(1))
    .refine(tags => Object.keys(tags).length > 0, {
      message: 'must name at least one tag',
    })
    .optional(),
  /** RE2 patterns on the permission set's name. */
  permissionSets: z.array(namePatternSchema).min(1).optional(),
  /** The team that the request is for. */
  teams: z.array(entityRefSchema('group')).min(1).optional(),
  temporary: z.boolean().optional(),
  changes: z.array(changeKindSchema).min(1).optional(),
  /** Something acted for the person who filed it. */
  filedByActor: z.boolean().optional(),
  /** At least one finding of this severity or a worse one. */
  findingsFrom: severitySchema.optional(),
  /** No finding worse than this. */
  findingsUpTo: severitySchema.optional(),
});

const justificationSchema = z.strictObject({
  /** RE2; found anywhere in the text. */
  pattern: namePatternSchema,
  /** What the requester is told to write. */
  hint: z.string().min(1).max(300),
});

const ticketSchema = z.union([
  z.literal('required').transform(() => ({})),
  z.strictObject({
    /** RE2; matches the whole ticket. */
    pattern: namePatternSchema,
    hint: z.string().min(1).max(300),
  }),
]);

/** One approval rule. */
const ruleSchema = z
  .strictObject({
    name: z.string().min(1).max(80),
    match: matchSchema.prefault({}),
    require: z.array(stageSchema).min(1).optional(),
    maxDuration: durationSchema.optional(),
    /** From the start to the end of the last extension. Default: maxDuration. */
    maxTotal: durationSchema.optional(),
    justification: justificationSchema.optional(),
    ticket: ticketSchema.optional(),
    deny: z.string().min(1).optional(),
    autoApprove: z.literal(true).optional(),
  })
  .refine(rule => isStrict(rule) || rule.autoApprove, {
    message:
      'must say what it does: require, maxDuration, maxTotal, justification, ticket, deny or autoApprove',
  })
  // A worse finding must never ask for less (security rule 5).
  .refine(rule => !(rule.match.findingsFrom && rule.autoApprove), {
    path: ['match', 'findingsFrom'],
    message: 'must not be in a rule with autoApprove; use findingsUpTo there',
  })
  .refine(
    rule => !rule.match.findingsUpTo || (rule.autoApprove && !isStrict(rule)),
    {
      path: ['match', 'findingsUpTo'],
      message: 'must be in a rule that does nothing but autoApprove',
    },
  );

function isStrict(rule: {
  require?: unknown;
  maxDuration?: unknown;
  maxTotal?: unknown;
  justification?: unknown;
  ticket?: unknown;
  deny?: unknown;
}): boolean {
  return Boolean(
    rule.require ||
      rule.maxDuration ||
      rule.maxTotal ||
      rule.justification ||
      rule.ticket ||
      rule.deny,
  );
}

/** `awsAccess.policy`. */
export const policySchema = z.strictObject({
  /** Asked for everywhere but where an autoApprove rule definitely matches. */
  defaultStage: stageSchema.optional(),
  /**
   * Asked instead of `defaultStage` for what touches no account, such as a
   * permission set that nobody has yet: there is no account owner to ask.
   */
  defaultStageWithoutAccounts: stageSchema.optional(),
  rules: z.array(ruleSchema).default([]),
  /** Who may file for whom; nobody for anybody by default. */
  onBehalfOf: z
    .array(
      z.strictObject({
        filers: z
          .array(
            z.union([
              z.literal('teamLeads'),
              entityRefSchema('user'),
              entityRefSchema('group'),
            ]),
          )
          .min(1),
        /** Left out: everybody; for team leads, whoever is in their teams. */
        for: z
          .array(z.union([entityRefSchema('user'), entityRefSchema('group')]))
          .min(1)
          .optional(),
      }),
    )
    .optional(),
});

/** The rules as they were configured. */
export type PolicyConfig = z.output<typeof policySchema>;
/** One approval rule. */
export type PolicyRule = PolicyConfig['rules'][number];

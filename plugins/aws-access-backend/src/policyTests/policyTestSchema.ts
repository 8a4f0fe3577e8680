import {
  accessLevelSchema,
  accountIdSchema,
  durationSchema,
  entityRefSchema,
  environmentSchema,
  plainText,
  severitySchema,
} from 'backstage-plugin-aws-access-common';
import { z } from 'zod';
import { matchSchema } from '../config/policySchema';

const ownerSchema = z.union([
  entityRefSchema('user'),
  entityRefSchema('group'),
]);

/** What is known; what is left out is not known, as in life. */
export const policyFactsSchema = z.strictObject({
  accounts: z.record(
    z.string(),
    z.strictObject({
      id: accountIdSchema,
      environment: environmentSchema.exclude(['unknown']).optional(),
      owner: ownerSchema.optional(),
      systemOwner: ownerSchema.optional(),
      /** Names from below the root down. */
      organizationalUnits: z.array(z.string()).optional(),
      tags: z.record(z.string(), z.string()).default({}),
    }),
  ),
  /** By name: the access level. */
  permissionSets: z.record(
    z.string(),
    z.union([accessLevelSchema, z.literal('unknown')]),
  ),
  /** By name: the team. */
  people: z.record(
    z.string(),
    z.strictObject({ team: entityRefSchema('group') }),
  ),
});

const stageExpectationSchema = z.union([
  z.string().transform(name => ({ name })),
  z.strictObject({
    name: z.string(),
    approvers: z.array(z.string()).optional(),
    count: z.number().int().optional(),
    order: z.number().int().optional(),
  }),
]);

const policyTestSchema = z.strictObject({
  name: z.string().min(1),
  given: z.strictObject({
    requester: z.string(),
    /** Default: the requester's. */
    team: entityRefSchema('group').optional(),
    /** Empty = it touches no account. */
    accounts: z.array(z.string()),
    permissionSet: z.string(),
    /** Left out = standing. */
    duration: durationSchema.optional(),
    justification: plainText(2000).default('For a policy test'),
    ticket: plainText(100).optional(),
    filedByActor: z.boolean().default(false),
    changes: matchSchema.shape.changes.default(['accessGroup', 'assignment']),
    /** Default: what the changes do. */
    effect: z.enum(['gain', 'loss']).optional(),
    /** How long people have had it already. */
    prolongs: durationSchema.optional(),
    /** The worst finding; left out = not known. */
    findings: z.union([severitySchema, z.literal('none')]).optional(),
  }),
  // Nothing expected would always hold.
  then: z
    .strictObject({
      outcome: z
        .enum(['needsApproval', 'autoApproved', 'denied', 'cannotFile'])
        .optional(),
      /** All of them, in whatever order. */
      stages: z.array(stageExpectationSchema).optional(),
      denials: z.array(z.string()).optional(),
      maxDuration: durationSchema.nullable().optional(),
      maxTotal: durationSchema.nullable().optional(),
    })
    .refine(then => Object.keys(then).length > 0, {
      message: 'must expect something',
    }),
});

/** A file of policy tests. */
export const policyTestFileSchema = z.strictObject({
  /** File with `awsAccess.policy`, beside this one. */
  policy: z.string().min(1),
  /** The facts, or a file with them, beside this one. */
  facts: z.union([policyFactsSchema, z.string().min(1)]),
  tests: z.array(policyTestSchema).min(1),
});

/** People, teams and accounts that tests of a policy are about. */
export type PolicyFacts = z.output<typeof policyFactsSchema>;
/** A file of tests, as it was parsed. */
export type PolicyTest = z.output<typeof policyTestSchema>;

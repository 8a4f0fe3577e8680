import {
  durationSchema,
  entityRefSchema,
} from 'backstage-plugin-aws-access-common';
import { z } from 'zod';

/**
 * Somebody who may approve: the owner of the account or of the system in it, the
 * team's leads, the requester's manager, whom a module's resolver names, a user,
 * or a group whose members the portal's administrator trusts.
 */
const approverSchema = z.union([
  z.enum(['accountOwner', 'teamOwner', 'systemOwner', 'manager']),
  z.string().regex(/^resolver:[a-z][a-zA-Z0-9-]{0,39}$/),
  entityRefSchema('user'),
  entityRefSchema('group'),
]);

/** One agreement that a rule asks for. */
export const stageSchema = z.strictObject({
  name: z.string().min(1).max(80),
  approvers: z.array(approverSchema).min(1),
  count: z.number().int().min(1).max(5).default(1),
  /**
   * Stages of the same number are asked together; those of a larger one when all
   * with smaller numbers have their approvals.
   */
  order: z.number().int().min(1).max(9).default(1),
  /** Who may decide as well when the plan has waited for so long. */
  alternates: z
    .strictObject({
      approvers: z.array(approverSchema).min(1),
      after: durationSchema,
    })
    .optional(),
});

/** A stage as the configuration says it, defaults filled in. */
export type StageConfig = z.output<typeof stageSchema>;

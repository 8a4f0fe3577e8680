import { z } from 'zod';
import { GraphError } from '../protocol/GraphError';

/** Relations in one body, as documented. */
export const MAXIMUM_BINDINGS = 20;

const bindings = z
  .array(z.url())
  .max(MAXIMUM_BINDINGS, `at most ${MAXIMUM_BINDINGS} references are allowed`)
  .optional();

/** What may be written to a group. */
export const groupChanges = z.strictObject({
  displayName: z.string().min(1).max(256).optional(),
  description: z.string().max(1024).nullish(),
  mailEnabled: z.boolean().optional(),
  mailNickname: z
    .string()
    .min(1)
    .max(64)
    // The characters that the documentation forbids; it allows ASCII otherwise.
    .regex(/^[!-~]+$/, 'only printable ASCII characters are allowed')
    .regex(/^[^@()\\[\]";:.<>,]+$/, 'it contains a forbidden character')
    .optional(),
  securityEnabled: z.boolean().optional(),
  uniqueName: z.string().min(1).max(128).optional(),
  groupTypes: z.array(z.string()).optional(),
  isAssignableToRole: z.boolean().nullish(),
  visibility: z.string().nullish(),
  membershipRule: z.string().nullish(),
  membershipRuleProcessingState: z.string().nullish(),
  'members@odata.bind': bindings,
  'owners@odata.bind': bindings,
});

/** What a new group needs. */
export const groupCreation = groupChanges.required({
  displayName: true,
  mailEnabled: true,
  mailNickname: true,
  securityEnabled: true,
});

/**
 * The sandbox has the groups that carry access, cloud-only security groups; for
 * all others it answers what Graph answers about mail-enabled ones.
 */
export function demandSecurityGroup(group: z.infer<typeof groupChanges>): void {
  if (
    group.mailEnabled ||
    group.securityEnabled === false ||
    group.groupTypes?.includes('Unified')
  ) {
    throw GraphError.badRequest(
      'The service does not currently support writes of mail-enabled groups. Please ensure that the mail-enablement property is unset and the security-enablement property is set.',
    );
  }
}

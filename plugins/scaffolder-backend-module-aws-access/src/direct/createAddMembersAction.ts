import { membershipChangeSchema } from 'backstage-plugin-aws-access-common';
import type { ActionOptions } from '../shared/ActionOptions';
import { createDirectAction } from './createDirectAction';
import { addMembersExamples as examples } from './directActions.examples';
import { accessGroupInput } from './directInputs';

/** The action `entra:group:add-members`. */
export function createAddMembersAction(options: ActionOptions) {
  return createDirectAction(options, {
    id: 'entra:group:add-members',
    ensures:
      'Makes sure that people are in an access group that exists; they get everything it carries.',
    examples,
    inputs: {
      accessGroup: accessGroupInput,
      people: z =>
        z
          .union([z.string(), z.array(z.string())])
          .describe('Catalog users. Needed without requestId.'),
    },
    toWish: ({ accessGroup, people }) => ({
      kind: 'membership',
      change: {
        accessGroup: accessGroup ? { entraGroupId: accessGroup } : undefined,
        people: people && [people].flat(),
      },
      schema: membershipChangeSchema.partial(),
      steps: ['ensureMembers'],
    }),
  });
}

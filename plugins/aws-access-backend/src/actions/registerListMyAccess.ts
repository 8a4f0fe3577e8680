import { ActionOptions } from './ActionOptions';
import { actionCaller } from './actionCaller';
import { describeEntry, entrySchema } from './describeEntry';

/** `list-my-aws-access`: what the caller has. */
export function registerListMyAccess(options: ActionOptions): void {
  options.actionsRegistry.register({
    name: 'list-my-aws-access',
    title: 'List my AWS access',
    description:
      'Lists the ways into AWS accounts that the caller has: account, permission set, through which group, until when. Says how old and how complete the answer is.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: zod => zod.object({ organizationId: zod.string().optional() }),
      output: zod =>
        zod.object({
          entries: zod.array(entrySchema(zod)),
          asOf: zod.string().nullable().describe('Age of the answer, ISO-8601'),
          complete: zod.boolean().describe('False: something may be missing'),
        }),
    },
    examples: [{ title: 'What can I reach in AWS?', input: {} }],
    action: async ({ input, credentials }) => {
      const caller = await actionCaller(options, credentials);
      const { items, freshness } = await options.access.getAccess(
        { organizationId: input.organizationId, user: caller.userRef },
        caller,
      );
      return {
        output: {
          entries: items.map(entry => describeEntry(entry, caller.userRef)),
          asOf: freshness.asOf,
          complete: freshness.complete,
        },
      };
    },
  });
}

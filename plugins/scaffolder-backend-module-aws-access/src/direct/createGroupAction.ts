import { accessGroupChangeSchema } from 'backstage-plugin-aws-access-common';
import type { ActionOptions } from '../shared/ActionOptions';
import { createDirectAction } from './createDirectAction';
import { createGroupExamples as examples } from './directActions.examples';

/** The action `entra:group:create`. */
export function createGroupAction(options: ActionOptions) {
  return createDirectAction(options, {
    id: 'entra:group:create',
    ensures: 'Makes sure that there is an Entra group that carries AWS access.',
    examples,
    inputs: {
      name: z =>
        z
          .string()
          .describe('Display name; left out, the naming template proposes one'),
      description: z => z.string().describe('What it is for'),
      for: z =>
        z
          .union([z.string(), z.array(z.string())])
          .describe('Members: "me" (the default), "team", or catalog users'),
    },
    makes: {
      kind: 'accessGroup',
      id: { output: 'entraGroupId', description: 'Object id of the group' },
      name: { output: 'groupName', description: 'Its display name' },
    },
    toWish: (input, requester) => ({
      kind: 'accessGroup',
      change: {
        // What a form left empty arrives as an empty string.
        name: input.name || undefined,
        description: input.description || undefined,
        members: readMembers(
          input.for ?? (input.requestId ? undefined : 'me'),
          requester,
          input.team,
        ),
      },
      whenFiled: { key: 'access' },
      schema: accessGroupChangeSchema.partial(),
      steps: [
        'ensureAccessGroup',
        'ensureMembers',
        'assignGroupToEnterpriseApplication',
      ],
    }),
  });
}

function readMembers(
  value: string | string[] | undefined,
  requester: string,
  team: string | undefined,
) {
  if (value === undefined) return undefined;
  // Without `team`, any team that the request names is meant.
  if (value === 'team') return { kind: 'team', team };
  if (value === 'me') return { kind: 'people', people: [requester] };
  return { kind: 'people', people: [value].flat() };
}

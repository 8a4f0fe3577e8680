import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { accessGroupChangeSchema } from 'backstage-plugin-aws-access-common';
import type { ActionOptions } from '../shared/ActionOptions';
import { requestOutputs, writeRequestOutputs } from '../shared/requestOutputs';
import { RequestRun } from '../shared/RequestRun';
import { createGroupExamples as examples } from './directActions.examples';
import { directInputs, HOW_IT_ENDS } from './directInputs';
import { findCloudObject } from './findCloudObject';
import { runDirectAction } from './runDirectAction';
import { getDirectField } from './toDirectFields';

/** The action `entra:group:create`. */
export function createGroupAction(options: ActionOptions) {
  return createTemplateAction({
    id: 'entra:group:create',
    description: `Makes sure that there is an Entra group that carries AWS access. ${HOW_IT_ENDS}`,
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        ...directInputs,
        name: z =>
          z
            .string()
            .optional()
            .describe(
              'Display name; left out, the naming template proposes one',
            ),
        description: z => z.string().optional().describe('What it is for'),
        for: z =>
          z
            .union([z.string(), z.array(z.string())])
            .optional()
            .describe('Members: "me" (the default), "team", or catalog users'),
      },
      output: {
        ...requestOutputs,
        entraGroupId: z => z.string().describe('Object id of the group'),
        groupName: z => z.string().describe('Its display name'),
      },
    },
    async handler(ctx) {
      const { input } = ctx;
      const run = await RequestRun.begin(options, ctx, getDirectField);
      const { report, request } = await runDirectAction(
        run,
        input,
        {
          kind: 'accessGroup',
          change: {
            // What a form left empty arrives as an empty string.
            name: input.name || undefined,
            description: input.description || undefined,
            members: readMembers(
              input.for ?? (input.requestId ? undefined : 'me'),
              run.requester,
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
        },
        ctx.isDryRun,
      );
      const group = findCloudObject(request, 'accessGroup', input.name);
      writeRequestOutputs(ctx, report);
      ctx.output('entraGroupId', group?.id ?? 'dry-run');
      ctx.output('groupName', group?.name ?? input.name ?? 'dry-run');
    },
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

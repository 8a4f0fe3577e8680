import {
  REQUEST_STATES,
  requestsQuerySchema,
} from 'backstage-plugin-aws-access-common';
import { parseInput } from '../router/parseInput';
import { ActionOptions } from './ActionOptions';
import { actionCaller } from './actionCaller';
import { requestUrl } from './requestUrl';

/** `list-access-requests`: the requests that the caller may read. */
export function registerListRequests(options: ActionOptions): void {
  options.actionsRegistry.register({
    name: 'list-access-requests',
    title: 'List AWS access requests',
    description:
      'Lists the AWS access requests that the caller may read, newest first: all, the own ones, or those that wait for a decision of the caller. Deciding is done by people, on the page of the request.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: zod =>
        zod.object({
          view: zod
            .enum(['all', 'mine', 'inbox'])
            .optional()
            .describe('mine = filed by me; inbox = waits for me'),
          state: zod.enum(REQUEST_STATES).optional(),
          team: zod.string().optional().describe('Catalog group'),
          search: zod
            .string()
            .max(200)
            .optional()
            .describe(
              'Words that all have to be there: number, account, permission set, access group, team, state',
            ),
          limit: zod.number().int().min(1).max(100).optional(),
          cursor: zod.string().optional().describe('nextCursor of the answer'),
        }),
      output: zod =>
        zod.object({
          requests: zod.array(
            zod.object({
              requestId: zod.string(),
              requestNumber: zod.number(),
              requestUrl: zod.string(),
              state: zod.string(),
              stateReason: zod.string().nullable(),
              title: zod.string(),
              requester: zod.string(),
              team: zod.string(),
              createdAt: zod.string(),
              endsAt: zod.string().nullable(),
              waitingFor: zod.array(zod.string()),
            }),
          ),
          nextCursor: zod.string().nullable(),
        }),
    },
    examples: [
      { title: 'What waits for me?', input: { view: 'inbox' } },
      {
        title: 'Which requests about payments-prod may I read?',
        input: { search: 'payments-prod' },
      },
      {
        title: 'Which of my requests are usable?',
        input: { view: 'mine', state: 'active' },
      },
    ],
    action: async ({ input, credentials }) => {
      const caller = await actionCaller(options, credentials);
      const { items, nextCursor } = await options.requests.list(
        parseInput(requestsQuerySchema, input),
        caller,
      );
      return {
        output: {
          requests: items.map(item => ({
            requestId: item.id,
            requestNumber: item.number,
            requestUrl: requestUrl(options.config, item.id),
            state: item.state,
            stateReason: item.stateReason,
            title: item.title,
            requester: item.requester.entityRef,
            team: item.team,
            createdAt: item.createdAt,
            endsAt: item.endsAt,
            waitingFor: item.waitingFor,
          })),
          nextCursor,
        },
      };
    },
  });
}

import {
  idempotencyKeySchema,
  readAccessRequest,
} from 'backstage-plugin-aws-access-common';
import { randomUUID } from 'node:crypto';
import { parseInput } from '../router/parseInput';
import { ActionOptions } from './ActionOptions';
import { actionCaller } from './actionCaller';
import { requestFormSchema } from './requestFormSchema';
import { requestUrl } from './requestUrl';

/**
 * `file-access-request`: the twin of the template action
 * `aws-access:request:create`. Both read the same form with the same code and
 * end in the same service.
 */
export function registerFileRequest(options: ActionOptions): void {
  options.actionsRegistry.register({
    name: 'file-access-request',
    title: 'File an AWS access request',
    description:
      'Files an AWS access request for the caller, marked as filed by what acts for them, and ends at once with a link to it. People approve it on its page; nothing here can. In software templates use aws-access:request:create, which files once per task.',
    attributes: { readOnly: false, destructive: false, idempotent: false },
    schema: {
      input: zod =>
        requestFormSchema(zod).extend({
          idempotencyKey: zod
            .string()
            .optional()
            .describe(
              'The same key files once: choose one of 8 to 200 characters, and use it again when repeating a call',
            ),
        }),
      output: zod =>
        zod.object({
          requestId: zod.string(),
          requestNumber: zod.number(),
          requestUrl: zod.string().describe('Page of the request'),
          state: zod.string().describe('E.g. pending, approved or denied'),
          title: zod.string().describe('The request in one sentence'),
          waitingFor: zod.array(zod.string()).describe('Who has to approve'),
        }),
    },
    examples: [
      {
        title: 'Four hours of elevated access',
        input: {
          team: 'group:default/payments',
          justification: 'The ledger does not settle',
          ticket: 'INC-402',
          duration: 'PT4H',
          accounts: ['111122223333'],
          permissionSet:
            'arn:aws:sso:::permissionSet/ssoins-7223aa11bb22cc33/ps-0123456789abcdef',
          elevate: true,
        },
      },
    ],
    action: async ({ input, credentials }) => {
      const caller = await actionCaller(options, credentials);
      const { idempotencyKey, ...form } = input;
      const request = await options.requests.file(
        {
          ...readAccessRequest(form, caller.userRef),
          idempotencyKey: parseInput(
            idempotencyKeySchema,
            idempotencyKey ?? `action:${randomUUID()}`,
          ),
        },
        caller,
      );
      return {
        output: {
          requestId: request.id,
          requestNumber: request.number,
          requestUrl: requestUrl(options.config, request.id),
          state: request.state,
          title: request.title,
          waitingFor: request.waitingFor,
        },
      };
    },
  });
}

import type {
  BackstageCredentials,
  BackstageNonePrincipal,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { AwsAccessApi } from 'backstage-plugin-aws-access-common';
import type { AwsAccessService } from 'backstage-plugin-aws-access-node';
import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';
import { examples } from './createAccessRequestAction.examples';
import { describePreview } from './describePreview';
import {
  getActionField,
  readAccessRequest,
  STANDING,
} from './readAccessRequest';
import { toStepError } from './toStepError';

/** What later steps of a dry run see; the link leads to the list of requests. */
const NOT_FILED = {
  id: 'dry-run',
  number: 0,
  state: 'notFiled',
  title: 'Dry run: nothing was filed',
  url: undefined,
};

/**
 * The action `aws-access:request:create`. It files a request on behalf of the
 * person who started the task and ends at once: a waiting step would hold one
 * of the portal's worker slots, and outlive the person's token.
 */
export function createAccessRequestAction(options: {
  awsAccess: AwsAccessService;
  /** `app.baseUrl`, where the link to the request leads. */
  portalUrl: string;
}) {
  const requestsUrl = `${options.portalUrl.replace(
    /\/+$/,
    '',
  )}/aws-access/requests`;

  return createTemplateAction({
    id: 'aws-access:request:create',
    description:
      'Files an AWS access request on behalf of the person who runs the template, and ends at once with a link to it. Approval happens at the request, never in the template.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        team: z =>
          z
            .string()
            .describe(
              'Catalog group the request is for, e.g. group:default/payments',
            ),
        justification: z =>
          z
            .string()
            .describe('Why the access is needed: what approvers read first'),
        ticket: z =>
          z.string().optional().describe('Ticket or incident, if there is one'),
        duration: z =>
          z
            .string()
            .describe(
              `How long: an ISO-8601 duration from PT15M to P366D, or "${STANDING}" for access without an end`,
            ),
        accounts: z =>
          z
            .array(z.string())
            .optional()
            .describe('Ids of AWS accounts, in quotes'),
        permissionSet: z =>
          z
            .string()
            .optional()
            .describe('ARN of an existing permission set, not its name'),
        for: z =>
          z
            .union([z.string(), z.array(z.string())])
            .optional()
            .describe(
              'Who gets the access: "me" (the default), "team", or catalog users',
            ),
        changes: z =>
          z
            .array(z.record(z.unknown()))
            .optional()
            .describe(
              'Instead of accounts, permissionSet and for: the changes in full',
            ),
        organizationId: z =>
          z
            .string()
            .optional()
            .describe(
              'Key under awsAccess.organizations; needed where there are several',
            ),
      },
      output: {
        requestId: z => z.string().describe('Id of the request'),
        requestNumber: z => z.number().describe('Number people call it by'),
        requestUrl: z => z.string().describe('Page of the request'),
        state: z =>
          z
            .string()
            .describe('State right after filing, e.g. pending or denied'),
        title: z => z.string().describe('The request in one sentence'),
      },
    },
    async handler(ctx) {
      const credentials = await ctx.getInitiatorCredentials();
      const body = readAccessRequest(ctx.input, getRequester(credentials));

      const call = async <T>(ask: (api: AwsAccessApi) => Promise<T>) => {
        try {
          return await ask(await options.awsAccess.forInitiator(credentials));
        } catch (error) {
          throw toStepError(error, ctx.input);
        }
      };

      const file = async () => {
        // A step with `each` shares its id and its checkpoints among the items,
        // so the varying input is part of both keys.
        const digest = digestOf({ step: ctx.step?.id ?? null, body });
        const idempotencyKey = `task:${ctx.task.id}:${digest}`;
        const request = await ctx.checkpoint({
          key: `aws-access.request.${digest}`,
          fn: async () => {
            const { id, number, state, title } = await call(api =>
              api.fileRequest({ ...body, idempotencyKey }),
            );
            return { id, number, state, title };
          },
        });
        const url = `${requestsUrl}/${encodeURIComponent(request.id)}`;
        ctx.logger.info(
          `Access request ${request.number} is ${request.state}: ${url}`,
        );
        return { ...request, url };
      };

      const preview = async () => {
        const answer = await call(api => api.previewRequest(body));
        const lines = describePreview(answer, path =>
          getActionField(path, ctx.input),
        );
        if (answer.outcome === 'cannotFile') {
          throw new InputError(lines.join('\n'));
        }
        lines.forEach(line => ctx.logger.info(line));
        return NOT_FILED;
      };

      const request = await (ctx.isDryRun ? preview() : file());
      ctx.output('requestId', request.id);
      ctx.output('requestNumber', request.number);
      ctx.output('requestUrl', request.url ?? requestsUrl);
      ctx.output('state', request.state);
      ctx.output('title', request.title);
    },
  });
}

/** Who `me` is: taken from the credentials, never from the template's input. */
function getRequester(credentials: BackstageCredentials) {
  const principal = credentials.principal as
    | BackstageUserPrincipal
    | BackstageServicePrincipal
    | BackstageNonePrincipal;
  if (principal.type === 'user') return principal.userEntityRef;
  throw new NotAllowedError(
    'AWS access is asked for by people, and this task was not started by one. Run the template as a signed-in user.',
  );
}

function digestOf(value: object) {
  return createHash('sha256').update(canonicalize(value)!).digest('hex');
}

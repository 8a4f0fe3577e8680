import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  accessRequestInputs,
  getAccessRequestField,
  readAccessRequest,
} from 'backstage-plugin-aws-access-common';
import type { ActionOptions } from '../shared/ActionOptions';
import { requestOutputs, writeRequestOutputs } from '../shared/requestOutputs';
import { RequestRun } from '../shared/RequestRun';
import { examples } from './createAccessRequestAction.examples';

/**
 * The action `aws-access:request:create`. It files a request on behalf of the
 * person who started the task and ends at once: a waiting step would hold one
 * of the portal's worker slots, and outlive the person's token.
 */
export function createAccessRequestAction(options: ActionOptions) {
  return createTemplateAction({
    id: 'aws-access:request:create',
    description:
      'Files an AWS access request on behalf of the person who runs the template, and ends at once with a link to it. Approval happens at the request, never in the template.',
    examples,
    supportsDryRun: true,
    schema: {
      input: accessRequestInputs,
      output: requestOutputs,
    },
    async handler(ctx) {
      const run = await RequestRun.begin(options, ctx, path =>
        getAccessRequestField(path, ctx.input),
      );
      const body = readAccessRequest(ctx.input, run.requester);
      const report = await (ctx.isDryRun ? run.preview(body) : run.file(body));
      writeRequestOutputs(ctx, report);
    },
  });
}

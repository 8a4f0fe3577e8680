import { ConflictError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { RequestDetail } from 'backstage-plugin-aws-access-common';
import type { ActionOptions } from '../shared/ActionOptions';
import { requestOutputs, writeRequestOutputs } from '../shared/requestOutputs';
import { RequestRun } from '../shared/RequestRun';
import { examples } from './createReturnAction.examples';

/**
 * The action `aws-access:return`: ends what a request gave, at once and without
 * an approval. Running it again finds the access given back already.
 */
export function createReturnAction(options: ActionOptions) {
  return createTemplateAction({
    id: 'aws-access:return',
    description:
      'Gives back the access of a request on behalf of the person who runs the template. It needs no approval and ends at once; the request shows when the access is gone.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        requestId: z => z.string().describe('Id of the request'),
        reason: z =>
          z
            .string()
            .optional()
            .describe('Why it is given back, in at most 2000 characters'),
      },
      output: requestOutputs,
    },
    async handler(ctx) {
      const { requestId, reason } = ctx.input;
      const run = await RequestRun.begin(options, ctx);
      const before = await run.read(requestId);
      refuseUnlessHeld(before, run.report(before).url);
      const after =
        ctx.isDryRun || isEnding(before)
          ? before
          : await giveBack(run, requestId, reason || undefined);
      const report = run.report(after);
      ctx.logger.info(
        ctx.isDryRun && !isEnding(after)
          ? `Dry run: access request ${report.number} would be given back: ${report.url}`
          : `Access request ${report.number} is ${report.state}: ${report.url}`,
      );
      writeRequestOutputs(ctx, report);
    },
  });
}

async function giveBack(
  run: RequestRun,
  requestId: string,
  reason: string | undefined,
): Promise<RequestDetail> {
  try {
    return await run.call('give back', api =>
      api.returnAccess(requestId, reason),
    );
  } catch (error) {
    // It ended, or somebody else gave it back, since it was read.
    const now = await run.read(requestId);
    if (isEnding(now)) return now;
    throw error;
  }
}

function isEnding({ state }: RequestDetail): boolean {
  return state === 'ending' || state === 'ended';
}

function refuseUnlessHeld(request: RequestDetail, url: string) {
  if (isEnding(request) || request.flags.canReturn) return;
  const { number, state } = request;
  throw new ConflictError(
    state === 'pending' || state === 'approved'
      ? `Access request ${number} is ${state} and has given nothing yet. Withdraw it on its page: ${url}.`
      : `There is nothing of access request ${number} (${state}) that you could give back. See ${url}.`,
  );
}

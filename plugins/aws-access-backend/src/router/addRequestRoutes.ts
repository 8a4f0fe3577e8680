import { Router } from 'express';
import {
  commentInputSchema,
  decisionInputSchema,
  extendInputSchema,
  fileRequestSchema,
  narrowingSchema,
  reasonInputSchema,
  returnInputSchema,
  resubmitInputSchema,
  requestInputSchema,
  requestsQuerySchema,
} from 'backstage-plugin-aws-access-common';
import { ViewerResolver } from '../authorization/ViewerResolver';
import { RequestService } from '../requests/RequestService';
import { parseInput } from './parseInput';

/** Everything under `/requests`. */
export function addRequestRoutes(
  router: Router,
  options: { requests: RequestService; viewers: ViewerResolver },
): void {
  const { requests, viewers } = options;

  router.post('/requests/preview', async (request, response) => {
    const caller = await viewers.resolve(request);
    const input = parseInput(requestInputSchema, request.body);
    response.json(await requests.preview(input, caller));
  });

  router.post('/requests', async (request, response) => {
    const caller = await viewers.resolve(request);
    const input = parseInput(fileRequestSchema, request.body);
    response.json(await requests.file(input, caller));
  });

  router.get('/requests', async (request, response) => {
    const caller = await viewers.resolve(request);
    const query = parseInput(requestsQuerySchema, request.query);
    response.json(await requests.list(query, caller));
  });

  router.get('/requests/:id', async (request, response) => {
    const caller = await viewers.resolve(request);
    response.json(await requests.get(request.params.id, caller));
  });

  router.post('/requests/:id/decisions', async (request, response) => {
    const caller = await viewers.resolve(request);
    const input = parseInput(decisionInputSchema, request.body);
    response.json(await requests.decide(request.params.id, input, caller));
  });

  router.post('/requests/:id/decisions/preview', async (request, response) => {
    const caller = await viewers.resolve(request);
    const input = parseInput(narrowingSchema, request.body ?? {});
    response.json(
      await requests.previewNarrowing(request.params.id, input, caller),
    );
  });

  router.post('/requests/:id/resubmit', async (request, response) => {
    const caller = await viewers.resolve(request);
    const { idempotencyKey } = parseInput(resubmitInputSchema, request.body);
    response.json(
      await requests.resubmit(request.params.id, idempotencyKey, caller),
    );
  });

  router.post('/requests/:id/extend', async (request, response) => {
    const caller = await viewers.resolve(request);
    const input = parseInput(extendInputSchema, request.body);
    response.json(await requests.extend(request.params.id, input, caller));
  });

  router.post('/requests/:id/comments', async (request, response) => {
    const caller = await viewers.resolve(request);
    const { text } = parseInput(commentInputSchema, request.body);
    response.json(await requests.comment(request.params.id, text, caller));
  });

  router.post('/requests/:id/withdraw', async (request, response) => {
    const caller = await viewers.resolve(request);
    const { reason } = parseInput(reasonInputSchema, request.body ?? {});
    response.json(await requests.withdraw(request.params.id, reason, caller));
  });

  router.post('/requests/:id/return', async (request, response) => {
    const caller = await viewers.resolve(request);
    const input = parseInput(returnInputSchema, request.body ?? {});
    response.json(
      await requests.returnAccess(request.params.id, input, caller),
    );
  });

  router.post('/requests/:id/retry', async (request, response) => {
    const caller = await viewers.resolve(request);
    response.json(await requests.retry(request.params.id, caller));
  });
}

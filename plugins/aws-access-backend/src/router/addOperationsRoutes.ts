import {
  releaseLeaversInputSchema,
  releaseMandateInputSchema,
  stopWritesInputSchema,
  WRITE_STOPS,
} from 'backstage-plugin-aws-access-common';
import { Router } from 'express';
import { z } from 'zod';
import { ViewerResolver } from '../authorization/ViewerResolver';
import { OperationsService } from '../operations/OperationsService';
import { parseInput } from './parseInput';

const resumeBody = z.object({ kind: z.enum(WRITE_STOPS) });

/** What waits and what is stuck, and the two stops of security rule 22. */
export function addOperationsRoutes(
  router: Router,
  options: { operations: OperationsService; viewers: ViewerResolver },
): void {
  const { operations, viewers } = options;

  router.get('/operations', async (request, response) => {
    const caller = await viewers.resolve(request);
    response.json(await operations.describe(caller));
  });

  router.post('/operations/:organizationId/stop', async (request, response) => {
    const caller = await viewers.resolve(request);
    const input = parseInput(stopWritesInputSchema, request.body);
    const { organizationId } = request.params;
    response.json(await operations.stopWrites(organizationId, input, caller));
  });

  router.post(
    '/operations/:organizationId/go-on',
    async (request, response) => {
      const caller = await viewers.resolve(request);
      const { organizationId } = request.params;
      response.json(await operations.goOnWriting(organizationId, caller));
    },
  );

  router.post(
    '/operations/:organizationId/release',
    async (request, response) => {
      const caller = await viewers.resolve(request);
      const input = parseInput(releaseMandateInputSchema, request.body);
      const { organizationId } = request.params;
      response.json(
        await operations.releaseMandate(organizationId, input, caller),
      );
    },
  );

  router.post(
    '/operations/:organizationId/release-leavers',
    async (request, response) => {
      const caller = await viewers.resolve(request);
      const input = parseInput(releaseLeaversInputSchema, request.body);
      const { organizationId } = request.params;
      response.json(
        await operations.releaseLeavers(organizationId, input, caller),
      );
    },
  );

  router.post(
    '/operations/:organizationId/resume',
    async (request, response) => {
      const caller = await viewers.resolve(request);
      const { kind } = parseInput(resumeBody, request.body);
      const { organizationId } = request.params;
      response.json(
        await operations.resumeWrites(organizationId, kind, caller),
      );
    },
  );
}

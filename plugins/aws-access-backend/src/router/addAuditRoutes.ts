import { Router } from 'express';
import { z } from 'zod';
import { AuditService } from '../audit/AuditService';
import { ViewerResolver } from '../authorization/ViewerResolver';
import { parseInput } from './parseInput';

const listQuery = z.object({
  organizationId: z.string().optional(),
  requestId: z.string().optional(),
  kind: z.string().optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const verifyQuery = z.object({ organizationId: z.string().optional() });

/** `GET /audit` and `GET /audit/verify`. */
export function addAuditRoutes(
  router: Router,
  options: { audit: AuditService; viewers: ViewerResolver },
): void {
  const { audit, viewers } = options;

  router.get('/audit', async (request, response) => {
    const caller = await viewers.resolve(request);
    response.json(
      await audit.list(parseInput(listQuery, request.query), caller),
    );
  });

  router.get('/audit/verify', async (request, response) => {
    const caller = await viewers.resolve(request);
    const { organizationId } = parseInput(verifyQuery, request.query);
    response.json(await audit.verify(organizationId, caller));
  });
}

import { Router } from 'express';
import { organizationIdSchema } from 'backstage-plugin-aws-access-common';
import { z } from 'zod';
import { AuthorizedAccessService } from '../authorization/AuthorizedAccessService';
import { ViewerResolver } from '../authorization/ViewerResolver';
import { parseInput } from './parseInput';

const target = z.string().min(1).max(300).optional();

const accessQuery = z.object({
  organizationId: organizationIdSchema.optional(),
  team: target,
  user: target,
  account: target,
  permissionSet: target,
});

/** `GET /access`: who has what, by which path, until when. */
export function addAccessRoutes(
  router: Router,
  options: { access: AuthorizedAccessService; viewers: ViewerResolver },
): void {
  const { access, viewers } = options;

  router.get('/access', async (request, response) => {
    const caller = await viewers.resolve(request);
    const query = parseInput(accessQuery, request.query);
    response.json(await access.getAccess(query, caller));
  });
}

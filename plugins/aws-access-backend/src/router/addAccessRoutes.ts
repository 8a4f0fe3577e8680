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

const groupsQuery = z.object({
  organizationId: organizationIdSchema.optional(),
  search: z.string().max(200).optional(),
  team: target,
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** Who has what, by which path, until when; and the groups that it runs through. */
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

  router.get('/access-groups', async (request, response) => {
    const caller = await viewers.resolve(request);
    const query = parseInput(groupsQuery, request.query);
    response.json(await access.listGroups(query, caller));
  });
}

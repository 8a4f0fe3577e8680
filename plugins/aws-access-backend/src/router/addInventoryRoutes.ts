import { Router } from 'express';
import { organizationIdSchema } from 'backstage-plugin-aws-access-common';
import { z } from 'zod';
import { AuthorizedInventoryService } from '../authorization/AuthorizedInventoryService';
import { ViewerResolver } from '../authorization/ViewerResolver';
import { parseInput } from './parseInput';

const listQuery = z.object({
  organizationId: organizationIdSchema.optional(),
  search: z.string().max(200).optional(),
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const unitsQuery = z.object({
  organizationId: organizationIdSchema.optional(),
});

const refreshBody = z
  .object({ organizationId: organizationIdSchema.optional() })
  .default({});

/** What there is in AWS, and how fresh the picture of it is. */
export function addInventoryRoutes(
  router: Router,
  options: { inventory: AuthorizedInventoryService; viewers: ViewerResolver },
): void {
  const { inventory, viewers } = options;

  router.get('/organizations', async (request, response) => {
    const caller = await viewers.resolve(request);
    response.json(await inventory.listOrganizations(caller));
  });

  router.get('/accounts', async (request, response) => {
    const caller = await viewers.resolve(request);
    const query = parseInput(listQuery, request.query);
    response.json(await inventory.listAccounts(query, caller));
  });

  router.get('/permission-sets', async (request, response) => {
    const caller = await viewers.resolve(request);
    const query = parseInput(listQuery, request.query);
    response.json(await inventory.listPermissionSets(query, caller));
  });

  router.get('/organizational-units', async (request, response) => {
    const caller = await viewers.resolve(request);
    const { organizationId } = parseInput(unitsQuery, request.query);
    response.json(
      await inventory.listOrganizationalUnits(organizationId, caller),
    );
  });

  router.get('/inventory', async (request, response) => {
    const caller = await viewers.resolve(request);
    response.json(await inventory.getStatus(caller));
  });

  router.post('/inventory/refresh', async (request, response) => {
    const caller = await viewers.resolve(request);
    const { organizationId } = parseInput(refreshBody, request.body);
    await inventory.refresh(organizationId, caller);
    response.status(202).end();
  });
}

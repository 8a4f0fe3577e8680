import { Router } from 'express';
import {
  checkPermissionSetSchema,
  permissionSetQuerySchema,
} from 'backstage-plugin-aws-access-common';
import { ViewerResolver } from '../authorization/ViewerResolver';
import { PermissionSetService } from '../permissionSets/PermissionSetService';
import { parseInput } from './parseInput';

/** Single permission sets: those that exist, and one that is being written. */
export function addPermissionSetRoutes(
  router: Router,
  options: { permissionSets: PermissionSetService; viewers: ViewerResolver },
): void {
  const { permissionSets, viewers } = options;

  router.post('/permission-sets/check', async (request, response) => {
    const caller = await viewers.resolve(request);
    const input = parseInput(checkPermissionSetSchema, request.body);
    response.json(await permissionSets.check(input, caller));
  });

  // Not below /permission-sets, where a permission set may be called so.
  router.get('/permission-set-uses', async (request, response) => {
    const caller = await viewers.resolve(request);
    response.json(await permissionSets.listUses(caller));
  });

  router.get('/permission-sets/:name', async (request, response) => {
    const caller = await viewers.resolve(request);
    const query = parseInput(permissionSetQuerySchema, {
      ...request.query,
      ...request.params,
    });
    response.json(await permissionSets.get(query, caller));
  });
}

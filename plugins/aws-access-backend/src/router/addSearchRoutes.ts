import { HttpAuthService } from '@backstage/backend-plugin-api';
import { searchableQuerySchema } from 'backstage-plugin-aws-access-common';
import { Router } from 'express';
import { requireSearchPlugin } from '../authorization/requireSearchPlugin';
import { SearchableInventory } from '../search/SearchableInventory';
import { parseInput } from './parseInput';

/** What Backstage search indexes; people search through `/requests` and search. */
export function addSearchRoutes(
  router: Router,
  options: { searchable: SearchableInventory; httpAuth: HttpAuthService },
): void {
  const { searchable, httpAuth } = options;

  router.get('/searchable/accounts', async (request, response) => {
    await requireSearchPlugin(httpAuth, request);
    const query = parseInput(searchableQuerySchema, request.query);
    response.json(await searchable.listAccounts(query));
  });

  router.get('/searchable/permission-sets', async (request, response) => {
    await requireSearchPlugin(httpAuth, request);
    const query = parseInput(searchableQuerySchema, request.query);
    response.json(await searchable.listPermissionSets(query));
  });
}

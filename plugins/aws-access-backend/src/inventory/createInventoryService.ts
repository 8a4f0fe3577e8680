import { PermissionsService } from '@backstage/backend-plugin-api';
import { AuthorizedInventoryService } from '../authorization/AuthorizedInventoryService';
import { FilingForOthers } from '../authorization/FilingForOthers';
import { AwsAccessConfig } from '../config/AwsAccessConfig';
import { Stores } from '../database/Stores';
import { DefaultOrganizationsService } from '../organizations/DefaultOrganizationsService';
import { PersonDirectory } from '../people/PersonDirectory';
import { AccountFactsReader } from '../facts/AccountFactsReader';
import { DefaultInventoryService } from './DefaultInventoryService';
import { Inventory } from './Inventory';
import { InventoryRefresher } from './InventoryRefresher';

/** Puts the lists of the inventory together, with their authorization around them. */
export function createInventoryService(options: {
  config: AwsAccessConfig;
  stores: Pick<Stores, 'organizations' | 'now'>;
  inventory: Inventory;
  directory: PersonDirectory;
  refresher: InventoryRefresher;
  permissions: PermissionsService;
}): AuthorizedInventoryService {
  const { stores, inventory, directory, refresher, permissions } = options;
  const { organizations, policy } = options.config;
  const now = () => stores.now();
  return new AuthorizedInventoryService({
    inventory: new DefaultInventoryService({
      organizations,
      inventory,
      organizationStore: stores.organizations,
      accountFacts: new AccountFactsReader({
        inventory: inventory.store,
        directory,
        organizations,
      }),
      refresher,
      now,
    }),
    organizations: new DefaultOrganizationsService({
      organizations,
      store: stores.organizations,
      inventory: inventory.store,
      now,
    }),
    permissions,
    forOthers: new FilingForOthers(policy.onBehalfOf),
  });
}

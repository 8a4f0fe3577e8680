import { PermissionsService } from '@backstage/backend-plugin-api';
import { AuthorizedInventoryService } from '../authorization/AuthorizedInventoryService';
import { FilingForOthers } from '../authorization/FilingForOthers';
import { AwsAccessConfig } from '../config/AwsAccessConfig';
import { Stores } from '../database/Stores';
import { OrganizationsService } from '../organizations/OrganizationsService';
import { PersonDirectory } from '../people/PersonDirectory';
import { AccountFactsReader } from '../facts/AccountFactsReader';
import { DefaultInventoryService } from './DefaultInventoryService';
import { Inventory } from './Inventory';
import { InventoryRefresher } from './InventoryRefresher';

interface InventoryOptions {
  config: AwsAccessConfig;
  stores: Pick<Stores, 'organizations' | 'now'>;
  inventory: Inventory;
  directory: PersonDirectory;
  refresher: InventoryRefresher;
}

/** Puts the lists of the inventory together, with their authorization around them. */
export function createInventoryService(
  options: InventoryOptions & {
    permissions: PermissionsService;
    organizations: OrganizationsService;
  },
): AuthorizedInventoryService {
  const { permissions, organizations } = options;
  const { policy } = options.config;
  return new AuthorizedInventoryService({
    inventory: createInventoryLists(options),
    organizations,
    permissions,
    forOthers: new FilingForOthers(policy.onBehalfOf),
  });
}

/** The lists without their authorization, for what looks after that itself. */
export function createInventoryLists(
  options: InventoryOptions,
): DefaultInventoryService {
  const { stores, inventory, directory, refresher } = options;
  const { organizations } = options.config;
  return new DefaultInventoryService({
    organizations,
    inventory,
    organizationStore: stores.organizations,
    accountFacts: new AccountFactsReader({
      inventory: inventory.store,
      directory,
      organizations,
    }),
    refresher,
    now: () => stores.now(),
  });
}
